Attribute VB_Name = "FinsamPlatser"
' Where pip and Python put their files on Windows, for those who may not write beside the
' program as well: pip --user, and the Python of Microsoft Store.
Option Explicit
Option Private Module

Private Const FINSAM_STORE As String = "PythonSoftwareFoundation.Python."

' The file of xlwings' library namn, "" where pip puts none. It lies at the root of what was
' installed: beside program, in the folder above in a virtual environment, else in the user's base.
Public Sub FinsamHittaBibliotek(ByVal program As String, ByVal namn As String, ByRef fil As String)
    Dim mappar As Collection
    Set mappar = New Collection
    mappar.Add Overmapp(program)
    mappar.Add Overmapp(Overmapp(program))
    mappar.Add Environ("PYTHONUSERBASE")
    If Environ("APPDATA") <> "" Then
        mappar.Add FinsamSokvag(Environ("APPDATA"), "Python")
        LaggTillMappar mappar, FinsamSokvag(Environ("APPDATA"), "Python"), "Python3", ""
    End If
    LaggTillMappar mappar, StorePaket(), FINSAM_STORE, FinsamSokvag("LocalCache", "local-packages")
    TaForsta mappar, namn, fil
End Sub

' The file that tells which Python was connected, "" before that. What Store's Python writes
' below LOCALAPPDATA ends up in a folder of its own.
Public Function FinsamAnslutenFil() As String
    Dim mappar As Collection
    Dim fil As String
    Set mappar = New Collection
    mappar.Add Environ("LOCALAPPDATA")
    LaggTillMappar mappar, StorePaket(), FINSAM_STORE, FinsamSokvag("LocalCache", "Local")
    TaForsta mappar, FinsamSokvag("finsam_xl", "python.txt"), fil
    FinsamAnslutenFil = fil
End Function

' The first file called namn in the folders.
Private Sub TaForsta(ByVal mappar As Collection, ByVal namn As String, ByRef fil As String)
    Dim mapp As Variant
    Dim funnen As String
    On Error Resume Next
    For Each mapp In mappar
        If mapp <> "" Then funnen = Dir(FinsamSokvag(mapp, namn))
        If funnen <> "" Then
            fil = FinsamSokvag(mapp, namn)
            Exit Sub
        End If
    Next mapp
    fil = ""
End Sub

Private Function StorePaket() As String
    If Environ("LOCALAPPDATA") <> "" Then StorePaket = FinsamSokvag(Environ("LOCALAPPDATA"), "Packages")
End Function

' Adds the folders in mapp whose names begin with borjan, or what lies at under in each.
Private Sub LaggTillMappar(ByVal mappar As Collection, ByVal mapp As String, _
                           ByVal borjan As String, ByVal under As String)
    Dim namn As String
    On Error GoTo Slut
    If mapp = "" Then Exit Sub
    namn = Dir(FinsamSokvag(mapp, borjan & "*"), vbDirectory)
    Do While namn <> ""
        If under = "" Then
            mappar.Add FinsamSokvag(mapp, namn)
        Else
            mappar.Add FinsamSokvag(FinsamSokvag(mapp, namn), under)
        End If
        namn = Dir()
    Loop
Slut:
End Sub

Public Function FinsamSokvag(ByVal mapp As String, ByVal namn As String) As String
    FinsamSokvag = mapp & Application.PathSeparator & namn
End Function

' The folder of a file or folder, "" for a name without one.
Private Function Overmapp(ByVal fil As String) As String
    Dim plats As Long
    plats = InStrRev(fil, Application.PathSeparator)
    If plats > 1 Then Overmapp = Left(fil, plats - 1)
End Function
