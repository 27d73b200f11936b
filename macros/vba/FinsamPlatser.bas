Attribute VB_Name = "FinsamPlatser"
' Where Python and xlwings' library lie on Windows, however they were installed: for all, for
' the user, with pipx or uv, from Microsoft Store; and where Python and Excel leave word for
' each other.
Option Explicit
Option Private Module

Private Const FINSAM_STORE As String = "PythonSoftwareFoundation.Python."
Private Const FINSAM_VERKTYG As String = "finsam-xl"

' Not below AppData: what Store's Python writes there ends up in a copy that Excel never sees.
Public Function FinsamHem() As String
    Dim hem As String
    hem = Environ("USERPROFILE")
    If hem = "" Then hem = Environ("HOME")
    FinsamHem = FinsamSokvag(hem, ".finsam")
End Function

' Which Python: the one named in FINSAM_PYTHON, the one that was connected, that of our own
' installation by pipx or uv, the first beside which finsam-xl lies, the first of all.
Public Function FinsamPythonProgram() As String
    Dim program As String
    Dim mapp As String
    program = Environ("FINSAM_PYTHON")
    If program = "" Then TaAnslutning program, mapp
    If program = "" Then TaForsta Verktygsmappar("Scripts"), "python.exe", program
    If program = "" Then TaPython Pythonmappar(), program
    If program = "" Then program = "python"
    FinsamPythonProgram = program
End Function

' The file of xlwings' library namn, "" where it is in none of the places. pip puts it at the root
' of what it installs in: beside program, in the folder above where program lies in Scripts, else
' in the user's own. It is the same file for every Python.
Public Sub FinsamHittaBibliotek(ByVal program As String, ByVal namn As String, ByRef fil As String)
    Dim mappar As Collection
    Dim ansluten As String
    Dim mapp As String
    Set mappar = New Collection
    TaAnslutning ansluten, mapp
    mappar.Add Overmapp(program)
    mappar.Add Overmapp(Overmapp(program))
    mappar.Add mapp
    mappar.Add Environ("PYTHONUSERBASE")
    mappar.Add Under(Environ("APPDATA"), "Python")
    LaggTillMappar mappar, Under(Environ("APPDATA"), "Python"), "Python3", ""
    LaggTillMappar mappar, Under(Environ("LOCALAPPDATA"), "Packages"), FINSAM_STORE, _
        FinsamSokvag("LocalCache", "local-packages")
    LaggTillAlla mappar, Verktygsmappar("")
    LaggTillAlla mappar, Pythonmappar()
    TaForsta mappar, namn, fil
End Sub

' What Python wrote when it was connected: itself, and the folder of its library.
Private Sub TaAnslutning(ByRef program As String, ByRef mapp As String)
    Dim text As String
    Dim rader As Variant
    program = ""
    mapp = ""
    FinsamLas FinsamSokvag(FinsamHem(), "python.txt"), text
    If text = "" Then Exit Sub
    rader = Split(FinsamUttytt(text), vbLf)
    program = rader(0)
    If UBound(rader) > 0 Then mapp = rader(1)
End Sub

' The folders of our own installation by pipx or uv, or what lies at under in each.
Private Function Verktygsmappar(ByVal inne As String) As Collection
    Dim mappar As Collection
    Dim rot As Variant
    Set mappar = New Collection
    For Each rot In Array( _
        Under(Environ("PIPX_HOME"), "venvs"), _
        Under(Environ("USERPROFILE"), FinsamSokvag("pipx", "venvs")), _
        Under(Environ("USERPROFILE"), FinsamSokvag(FinsamSokvag(".local", "pipx"), "venvs")), _
        Under(Environ("LOCALAPPDATA"), FinsamSokvag(FinsamSokvag("pipx", "pipx"), "venvs")), _
        Under(Environ("LOCALAPPDATA"), FinsamSokvag("pipx", "venvs")), _
        Environ("UV_TOOL_DIR"), _
        Under(Environ("APPDATA"), FinsamSokvag("uv", "tools")), _
        Under(Environ("APPDATA"), FinsamSokvag(FinsamSokvag("uv", "data"), "tools")))
        mappar.Add Under(Under(rot, FINSAM_VERKTYG), inne)
    Next rot
    Set Verktygsmappar = mappar
End Function

' The folders where a Python may lie: those that Windows looks in, and where the installers of
' python.org put it whether or not Windows was told.
Private Function Pythonmappar() As Collection
    Dim mappar As Collection
    Dim delar As Variant
    Dim nummer As Long
    Set mappar = New Collection
    delar = Split(Environ("PATH"), ";")
    For nummer = LBound(delar) To UBound(delar)
        mappar.Add UtanSlut(Replace(delar(nummer), Chr(34), ""))
    Next nummer
    LaggTillMappar mappar, Under(Environ("LOCALAPPDATA"), FinsamSokvag("Programs", "Python")), "Python3", ""
    LaggTillMappar mappar, Under(Environ("LOCALAPPDATA"), "Python"), "pythoncore-3", ""
    LaggTillMappar mappar, Environ("ProgramFiles"), "Python3", ""
    Set Pythonmappar = mappar
End Function

' The first Python in the folders that has finsam-xl, else the first one.
Private Sub TaPython(ByVal mappar As Collection, ByRef program As String)
    Dim mapp As Variant
    Dim python As String
    Dim hittat As String
    program = ""
    For Each mapp In mappar
        Sok mapp, "python.exe", python
        If program = "" Then program = python
        If python <> "" Then
            Sok mapp, "finsam-xl.exe", hittat
            If hittat = "" Then Sok Under(mapp, "Scripts"), "finsam-xl.exe", hittat
            If hittat <> "" Then
                program = python
                Exit Sub
            End If
        End If
    Next mapp
End Sub

' The first file called namn in the folders.
Private Sub TaForsta(ByVal mappar As Collection, ByVal namn As String, ByRef fil As String)
    Dim mapp As Variant
    For Each mapp In mappar
        Sok mapp, namn, fil
        If fil <> "" Then Exit Sub
    Next mapp
    fil = ""
End Sub

' The file called namn in mapp, "" when it is not there or may not be looked for.
Private Sub Sok(ByVal mapp As String, ByVal namn As String, ByRef fil As String)
    Dim funnen As String
    fil = ""
    If mapp = "" Then Exit Sub
    On Error Resume Next
    funnen = Dir(FinsamSokvag(mapp, namn))
    On Error GoTo 0
    If funnen <> "" Then fil = FinsamSokvag(mapp, namn)
End Sub

' Adds the folders in mapp whose names begin with borjan, or what lies at inne in each.
Private Sub LaggTillMappar(ByVal mappar As Collection, ByVal mapp As String, _
                           ByVal borjan As String, ByVal inne As String)
    Dim namn As String
    On Error GoTo Slut
    If mapp = "" Then Exit Sub
    namn = Dir(FinsamSokvag(mapp, borjan & "*"), vbDirectory)
    Do While namn <> ""
        mappar.Add Under(FinsamSokvag(mapp, namn), inne)
        namn = Dir()
    Loop
Slut:
End Sub

Private Sub LaggTillAlla(ByVal mappar As Collection, ByVal fler As Collection)
    Dim mapp As Variant
    For Each mapp In fler
        mappar.Add mapp
    Next mapp
End Sub

' The text of a file, "" when there is none.
Public Sub FinsamLas(ByVal fil As String, ByRef text As String)
    Dim kanal As Integer
    Dim rad As String
    text = ""
    On Error GoTo Slut
    If Dir(fil) = "" Then Exit Sub
    kanal = FreeFile
    Open fil For Input As #kanal
    Do While Not EOF(kanal)
        Line Input #kanal, rad
        If text <> "" Then text = text & vbLf
        text = text & rad
    Loop
    Close #kanal
Slut:
End Sub

Public Function FinsamSokvag(ByVal mapp As String, ByVal namn As String) As String
    FinsamSokvag = mapp & Application.PathSeparator & namn
End Function

' What is called namn in mapp; mapp itself without a name, and "" where there is no such folder.
Private Function Under(ByVal mapp As String, ByVal namn As String) As String
    Under = mapp
    If mapp <> "" And namn <> "" Then Under = FinsamSokvag(mapp, namn)
End Function

' The folder of a file or folder, "" for a name without one.
Private Function Overmapp(ByVal fil As String) As String
    Dim plats As Long
    plats = InStrRev(fil, Application.PathSeparator)
    If plats > 1 Then Overmapp = Left(fil, plats - 1)
End Function

Private Function UtanSlut(ByVal mapp As String) As String
    UtanSlut = mapp
    If Right(mapp, 1) = Application.PathSeparator Then UtanSlut = Left(mapp, Len(mapp) - 1)
End Function
