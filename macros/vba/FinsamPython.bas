Attribute VB_Name = "FinsamPython"
' A click: Python does the work in the active workbook, and what it says is shown.
' Everything that leaves Excel is in FinsamSkal.
Option Explicit
Option Private Module

Public Const FINSAM_SAKNAR_PROGRAM As Long = -2147024894
Public Const FINSAM_NEKAS As Long = -2147024891

' Does what the button called namn stands for; text is what the button says.
Public Sub FinsamKor(ByVal namn As String, ByVal text As String)
    Dim utfall As Long
    Dim sagt As String
    If ActiveWorkbook Is Nothing Then
        FinsamVisa text, "Ingen arbetsbok är öppen. Öppna den som ska räknas och klicka igen.", True
        Exit Sub
    End If
    FinsamLage "Finsam: " & text & " pågår i " & ActiveWorkbook.Name & " …"
    FinsamKorPython namn, ActiveWorkbook.Name, utfall, sagt
    FinsamLage ""
    sagt = FinsamUttytt(sagt)
    If sagt = "" Then sagt = FinsamHinder(utfall)
    FinsamVisa text, sagt, utfall <> 0
End Sub

' What is missing when Python said nothing, and what to do about it.
Public Function FinsamHinder(ByVal utfall As Long) As String
    Select Case utfall
        Case FINSAM_SAKNAR_PROGRAM, 53, 76, 9009
            FinsamHinder = "Python hittades inte: " & FinsamPythonProgram() & "." & vbLf & vbLf & _
                "Installera Python 3.11 eller senare och finsam_xl. Kör sedan en gång i ett " & _
                "kommandofönster: python -m finsam_excel.macros anslut"
        Case FINSAM_NEKAS, 5, 70, 429, -2147023436, -2147024671
            FinsamHinder = "Excel får inte starta Python på den här datorn. Många kommuner " & _
                "spärrar program som startas från Office." & vbLf & vbLf & _
                "Be IT tillåta det, eller använd arbetsboken som slutar på -lite.xlsx: den " & _
                "startar inget annat program. Går inte det heller: spara, stäng och kör " & _
                "finsam-xl recompute på filen."
        Case 0, 1
            FinsamHinder = "Python startade men finsam_xl finns inte där: " & _
                FinsamPythonProgram() & "." & vbLf & vbLf & _
                "Installera finsam-xl med tillägget excel i den Python som ska användas och kör " & _
                "sedan en gång: python -m finsam_excel.macros anslut"
        Case 2
            FinsamHinder = "Python eller finsam_xl är för gammal: " & FinsamPythonProgram() & "." & _
                vbLf & vbLf & "Det behövs Python 3.11 eller senare. Uppdatera med " & _
                "python -m pip install --upgrade finsam-xl[excel]"
        Case Else
            FinsamHinder = "Python avbröts (kod " & CStr(utfall) & "). Inget svar kom." & vbLf & vbLf & _
                "Klicka igen. Händer det på nytt, kör finsam-xl recompute på filen i ett " & _
                "kommandofönster och läs vad det säger."
    End Select
End Function

' Text as it was before it was written in plain ASCII with \uXXXX for everything else.
Public Function FinsamUttytt(ByVal rad As String) As String
    Dim plats As Long
    plats = InStr(rad, "\u")
    Do While plats > 0
        rad = Left(rad, plats - 1) & ChrW(CLng("&H" & Mid(rad, plats + 2, 4))) & Mid(rad, plats + 6)
        plats = InStr(plats + 1, rad, "\u")
    Loop
    FinsamUttytt = rad
End Function
