Attribute VB_Name = "FinsamStart"
' When the workbook or the add-in opens with macros allowed.
Option Explicit
Option Private Module

Public Sub FinsamOppnad()
    Dim sparad As Boolean
    sparad = ThisWorkbook.Saved
    On Error Resume Next
    ThisWorkbook.Names("finsam_blockerat").RefersToRange.EntireRow.Hidden = True
    FinsamHjalptexter
    ThisWorkbook.Saved = sparad
End Sub

' The workbook's own tab gives way to the add-in's.
Public Function FinsamEgenFlik() As Boolean
    Dim tillagg As Object
    FinsamEgenFlik = True
    If LCase(ThisWorkbook.Name) = "finsam.xlam" Then Exit Function
    On Error Resume Next
    Set tillagg = Workbooks("finsam.xlam")
    If Not tillagg Is Nothing Then FinsamEgenFlik = False
End Function
