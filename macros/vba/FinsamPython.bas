Attribute VB_Name = "FinsamPython"
' A click: Python does the work in the active workbook, and what it says is shown; and what is
' said when it says nothing. Everything that leaves Excel is in FinsamSkal.
Option Explicit
Option Private Module

Public Const FINSAM_SAKNAR_PROGRAM As Long = -2147024894
Public Const FINSAM_NEKAS As Long = -2147024891
Public Const FINSAM_SVARAR_SJALV As Long = -1001
Public Const FINSAM_UTAN_MAPP As Long = -1002
Public Const FINSAM_UTAN_SKRIPT As Long = -1003
Public Const FINSAM_FRAGAR As Long = 4

' Does what the button called namn stands for; text is what the button says.
Public Sub FinsamKor(ByVal namn As String, ByVal text As String)
    Dim finns As Boolean
    SeEfterBok text, finns
    If finns Then Utfor namn, text
End Sub

' The same with a file that is chosen first.
Public Sub FinsamHamta(ByVal namn As String, ByVal text As String)
    Dim fil As String
    Dim vald As Boolean
    SeEfterBok text, vald
    If Not vald Then Exit Sub
    FinsamValjFil text, fil, vald
    If Not vald Then Exit Sub
    If fil <> "" Then namn = namn & " --fil " & Chr(34) & fil & Chr(34)
    Utfor namn, text
End Sub

Private Sub SeEfterBok(ByVal text As String, ByRef finns As Boolean)
    finns = Not ActiveWorkbook Is Nothing
    If finns Then Exit Sub
    FinsamVisa text, "Ingen arbetsbok är öppen. Öppna den som ska räknas och klicka igen.", True
End Sub

' Asks Python, and again with each answer while Python has questions.
Private Sub Utfor(ByVal namn As String, ByVal text As String)
    Dim utfall As Long
    Dim sagt As String
    Do
        FinsamIgang
        FinsamLage "Finsam: " & text & " pågår i " & ActiveWorkbook.Name & " …"
        FinsamKorPython namn, ActiveWorkbook.Name, utfall, sagt
        If utfall = FINSAM_SVARAR_SJALV Then
            FinsamLage "Finsam: " & text & " pågår. Svaret kommer i en egen ruta."
            Exit Sub
        End If
        FinsamLage ""
        If sagt = "" Then
            FinsamVisa text, FinsamHinder(utfall), True
            Exit Sub
        End If
        sagt = FinsamUttytt(sagt)
        If utfall <> FINSAM_FRAGAR Then Exit Do
        Besvara text, sagt, namn
        If namn = "" Then Exit Sub
    Loop
    If FinsamOrsak() <> "" Then
        sagt = sagt & vbLf & vbLf & "Funktionerna i celler visar #NAMN?: " & FinsamOrsak()
    End If
    FinsamVisa text, sagt, utfall <> 0
End Sub

' Asks what Python asks, until the answer is one of those it takes, and adds it to namn; namn is ""
' when there is none. Lines: the question's name, what is likely, the answers between |, the text.
Private Sub Besvara(ByVal text As String, ByVal sagt As String, ByRef namn As String)
    Dim rader As Variant
    Dim svar As String
    Dim ett As Variant
    rader = Split(sagt, vbLf, 4)
    Do
        svar = rader(1)
        FinsamFragaOm text, rader(3) & vbLf & vbLf & "Skriv " & Replace(rader(2), "|", " eller ") & ".", svar
        If Trim(svar) = "" Then Exit Do
        For Each ett In Split(rader(2), "|")
            If LCase(ett) = LCase(Trim(svar)) Then
                namn = namn & " --svarat " & rader(0) & "=" & ett
                Exit Sub
            End If
        Next ett
    Loop
    namn = ""
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
                "finsam-xl räkna-om på filen."
        Case FINSAM_UTAN_MAPP
            FinsamHinder = "Excel får inte skriva i mappen " & FinsamHem() & ", där Python ska " & _
                "lämna sitt svar. Inget är kört." & vbLf & vbLf & _
                "Be IT tillåta det, eller kör finsam-xl räkna-om på den sparade filen."
        Case FINSAM_UTAN_SKRIPT
            FinsamHinder = "Excel kunde inte be om Python. Kör en gång i Terminal: xlwings runpython " & _
                "install. Kör sedan: python -m finsam_excel.macros anslut"
        Case 0
            FinsamHinder = "Python blev klart, men svaret kom inte fram till Excel. Se efter på " & _
                "bladet vad som är ändrat." & vbLf & vbLf & _
                "Det händer när något på datorn flyttar eller tar bort filer som program skriver i " & _
                FinsamHem() & ". Fråga IT. Den Python som användes: " & FinsamPythonProgram()
        Case 1
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
                "Klicka igen. Händer det på nytt, kör finsam-xl räkna-om på filen i ett " & _
                "kommandofönster och läs vad det säger."
    End Select
End Function

' Why functions in cells have no library: it was in no place (fil is ""), or Windows refused it.
Public Function FinsamBiblioteksfel(ByVal program As String, ByVal namn As String, _
                                    ByVal fil As String, ByVal nummer As Long) As String
    If fil = "" Then
        FinsamBiblioteksfel = namn & " hittades inte, varken vid " & program & " eller där pip lägger " & _
            "filer för en användare. Kör med den Python som ska användas: python -m pip install " & _
            """finsam-xl[excel]"" och sedan python -m finsam_excel.macros anslut"
    Else
        FinsamBiblioteksfel = fil & " finns, men Windows läser inte in den (fel " & CStr(nummer) & _
            "). Be IT tillåta filen: den kommer med xlwings."
    End If
End Function

' What went wrong with the Python that serves functions, without the lines that lead there.
Public Function FinsamServerfel(ByVal program As String, ByVal text As String) As String
    Dim rader As Variant
    Dim nummer As Long
    rader = Split(Replace(text, vbCr, ""), vbLf)
    For nummer = UBound(rader) To LBound(rader) Step -1
        If Trim(rader(nummer)) <> "" Then Exit For
    Next nummer
    FinsamServerfel = "Python för funktioner svarar inte: " & program & "."
    If nummer >= LBound(rader) Then FinsamServerfel = FinsamServerfel & " (" & Trim(rader(nummer)) & ")"
End Function

' What xlwings' script for Mac is handed: six parts between |, a sign that no workbook's name has.
' The script puts the program in a shell's command as it is, and the rest within quotes.
Public Function FinsamMacAnrop(ByVal program As String, ByVal namn As String, ByVal bok As String, _
                               ByVal excel As String, ByVal logg As String) As String
    FinsamMacAnrop = "false;;;;;|'" & Replace(program, "'", "'\''") & "'|" & _
        "import finsam_excel.macros as f;f.from_mac('" & namn & "')|" & _
        Skyddad(bok) & "|" & Skyddad(excel) & "|" & Skyddad(logg)
End Function

' The text as a shell reads it back from within quotes.
Private Function Skyddad(ByVal text As String) As String
    Skyddad = Replace(text, "\", "\\")
    Skyddad = Replace(Skyddad, Chr(34), "\" & Chr(34))
    Skyddad = Replace(Skyddad, "$", "\$")
    Skyddad = Replace(Skyddad, "`", "\`")
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
