Option VBASupport 1
Option Explicit
' Stands in for FinsamSkal: writes down in column AZ of the first sheet what would leave Excel.

Private Sub Anteckna(ByVal text As String)
    Dim rad As Long
    rad = 1
    Do While ThisWorkbook.Worksheets(1).Cells(rad, 52).Value <> ""
        rad = rad + 1
    Loop
    ThisWorkbook.Worksheets(1).Cells(rad, 52).Value = text
End Sub

Public Sub FinsamKorPython(ByVal namn As String, ByVal bok As String, _
                           ByRef utfall As Long, ByRef sagt As String)
    Anteckna "python|" & namn & "|" & bok
    utfall = ThisWorkbook.Worksheets(1).Range("BA1").Value
    sagt = ThisWorkbook.Worksheets(1).Range("BA2").Value
End Sub

' The file in BA3, if any.
Public Sub FinsamValjFil(ByVal rubrik As String, ByRef fil As String, ByRef vald As Boolean)
    fil = ThisWorkbook.Worksheets(1).Range("BA3").Value
    vald = fil <> ""
    Anteckna "fil|" & rubrik
End Sub

' The answers in BA4 and below, each once; then Python has no more questions.
Public Sub FinsamFragaOm(ByVal rubrik As String, ByVal text As String, ByRef svar As String)
    Dim rad As Long
    Anteckna "fråga|" & rubrik & "|" & text & "|" & svar
    rad = 4
    Do While ThisWorkbook.Worksheets(1).Cells(rad, 53).Value = "-"
        rad = rad + 1
    Loop
    svar = ThisWorkbook.Worksheets(1).Cells(rad, 53).Value
    ThisWorkbook.Worksheets(1).Cells(rad, 53).Value = "-"
    If LCase(svar) <> "t1" Then Exit Sub
    ThisWorkbook.Worksheets(1).Range("BA1").Value = 0
    ThisWorkbook.Worksheets(1).Range("BA2").Value = "Klart."
End Sub

Public Sub FinsamLage(ByVal text As String)
    Anteckna "läge|" & text
End Sub

Public Sub FinsamVisa(ByVal rubrik As String, ByVal text As String, ByVal fel As Boolean)
    Anteckna "visa|" & rubrik & "|" & text & "|" & IIf(fel, "fel", "klart")
End Sub

' A number is answered with #SAKNAS!, a range with two by two values, FINSAM_SOLIDITET with nothing.
Public Function FinsamFraga(ByVal namn As String, ByVal argument As Variant) As Variant
    Dim rader(1 To 2, 1 To 2) As Variant
    If namn = "FINSAM_SOLIDITET" Then Err.Raise 1000, "Finsam", "Python svarar inte"
    If TypeName(argument(0)) = "Range" Then
        rader(1, 1) = 1
        rader(1, 2) = "#FINSAM:2007"
        rader(2, 1) = ""
        rader(2, 2) = namn & UBound(argument)
        FinsamFraga = rader
    Else
        FinsamFraga = "#FINSAM:2042"
    End If
End Function
