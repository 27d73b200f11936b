"""How sheets are understood: from the cells of a grid to tables, evidence before words."""
