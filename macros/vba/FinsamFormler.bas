Attribute VB_Name = "FinsamFormler"
' Formulas with our functions that show #NAMN? because they were read before the functions
' were there, or that look for them in another computer's add-in: they are entered again, and
' then Excel finds them.
Option Explicit
Option Private Module

Public Sub FinsamSkrivOmFormler()
    Const RUBRIK As String = "Återställ formler"
    Dim blad As Object
    Dim skrivna As Long
    Dim kvar As String
    If ActiveWorkbook Is Nothing Then
        FinsamVisa RUBRIK, "Ingen arbetsbok är öppen.", True
        Exit Sub
    End If
    FinsamForsokIgen
    FinsamLage "Finsam: letar efter #NAMN? i " & ActiveWorkbook.Name & " …"
    For Each blad In ActiveWorkbook.Worksheets
        AterstallBlad blad, skrivna, kvar
    Next blad
    FinsamLage ""
    FinsamVisa RUBRIK, Sammanfattat(skrivna, kvar), kvar <> ""
End Sub

Private Sub AterstallBlad(ByVal blad As Object, ByRef skrivna As Long, ByRef kvar As String)
    Dim slag As Variant
    Dim celler As Object
    Dim omrade As Object
    Dim cell As Object
    ' Formulas that show errors, numbers, texts and truth values.
    For Each slag In Array(16, 1, 2, 4)
        MedFormler blad, slag, celler
        If Not celler Is Nothing Then
            For Each omrade In celler.Areas
                For Each cell In omrade.Cells
                    If ArVilse(cell) Then AterstallCell cell, skrivna, kvar
                Next cell
            Next omrade
        End If
    Next slag
End Sub

Private Sub AterstallCell(ByVal cell As Object, ByRef skrivna As Long, ByRef kvar As String)
    SkrivOm cell
    If Not ArVilse(cell) Then
        skrivna = skrivna + 1
    ElseIf kvar = "" Then
        kvar = cell.Parent.Name & "!" & Replace(cell.Address, "$", "")
    End If
End Sub

' The cells whose formulas show that; all that are used on a protected sheet, where Excel tells
' of none.
Private Sub MedFormler(ByVal blad As Object, ByVal slag As Long, ByRef celler As Object)
    Const FORMLER As Long = -4123
    Set celler = Nothing
    On Error Resume Next
    Set celler = blad.UsedRange.SpecialCells(FORMLER, slag)
    If celler Is Nothing And blad.ProtectContents And slag = 16 Then Set celler = blad.UsedRange
End Sub

' A cell with one of our functions that shows #NAMN?, or is bound to a file that gave it once:
' its old value is left where Python has not answered, and an error would come instead.
Private Function ArVilse(ByVal cell As Object) As Boolean
    Dim formel As String
    Dim visat As String
    If Not cell.HasFormula Then Exit Function
    formel = cell.Formula
    If InStr(1, formel, "FINSAM_", vbTextCompare) = 0 Then Exit Function
    visat = cell.Text
    ArVilse = visat = "#NAMN?" Or visat = "#NAME?" Or visat = "Err:508" _
        Or Left(visat, Len(FINSAM_STANNAT)) = FINSAM_STANNAT
    If Not ArVilse And IsError(cell.Value) Then ArVilse = CStr(cell.Value) = CStr(CVErr(2029))
    If ArVilse Or FinsamOrsak() <> "" Then Exit Function
    ArVilse = InStr(1, formel, "!FINSAM_", vbTextCompare) > 0
End Function

' Enters the formula again, without the file or prefix it was once bound to.
Private Sub SkrivOm(ByVal cell As Object)
    Dim formel As String
    formel = FinsamRenFormel(cell.Formula)
    On Error Resume Next
    If cell.HasArray Then
        If cell.CurrentArray.Cells(1, 1).Address = cell.Address Then cell.CurrentArray.FormulaArray = formel
        Exit Sub
    End If
    Err.Clear
    cell.Formula2 = formel
    If Err.Number <> 0 Then cell.Formula = formel
End Sub

' The formula with plain function names: no 'C:\mapp\finsam.xlam'! and no _xldudf_ before them.
Public Function FinsamRenFormel(ByVal formel As String) As String
    Dim plats As Long
    Dim start As Long
    formel = Replace(formel, "_xldudf_FINSAM_", "FINSAM_", 1, -1, vbTextCompare)
    plats = InStr(1, formel, "!FINSAM_", vbTextCompare)
    Do While plats > 1
        start = plats - 1
        If Mid(formel, start, 1) = "'" Then
            start = InStrRev(formel, "'", start - 1)
        Else
            Do While start > 1 And InStr("=(,;+-*/&<> ", Mid(formel, start - 1, 1)) = 0
                start = start - 1
            Loop
        End If
        If start < 1 Then Exit Do
        formel = Left(formel, start - 1) & Mid(formel, plats + 1)
        plats = InStr(1, formel, "!FINSAM_", vbTextCompare)
    Loop
    FinsamRenFormel = formel
End Function

Private Function Sammanfattat(ByVal skrivna As Long, ByVal kvar As String) As String
    If skrivna = 0 And kvar = "" Then
        Sammanfattat = "Ingen cell med en FINSAM-funktion visar #NAMN?."
        Exit Function
    End If
    Sammanfattat = IIf(skrivna = 1, "1 formel är återställd.", CStr(skrivna) & " formler är återställda.")
    If kvar = "" Then Exit Function
    Sammanfattat = Sammanfattat & vbLf & vbLf & "Fortfarande #NAMN?, först i " & kvar & "."
    If FinsamOrsak() = "" Then
        Sammanfattat = Sammanfattat & " Är bladet skyddat? Ta bort skyddet och klicka igen."
    Else
        Sammanfattat = Sammanfattat & " Python svarar inte: " & FinsamOrsak() & _
            " Klicka på Kontrollera: den säger vad som saknas."
    End If
End Function
