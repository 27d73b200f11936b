"""The calculations: one rule = one small module of pure functions. Figures in, figures out."""
