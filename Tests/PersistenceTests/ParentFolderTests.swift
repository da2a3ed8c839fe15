import Persistence
import Testing

@Suite("The folder of a path")
struct ParentFolderTests {
    @Test(
        "A path's folder is what comes before its last name, whatever the path",
        arguments: [
            ("/run/mip-mib/home.sock", "/run/mip-mib"), ("/home.sock", "/"), ("home.sock", "."), ("a/b", "a"), ("./a", "."),
            ("../a", ".."), ("a/", "."), ("/a/b/", "/a"), ("a//b", "a"), ("//a", "/"), ("/", "/"), ("//", "/"), (".", "."),
            ("./", "."), ("x", "."), ("x/", "."), ("", "."), ("é", "."), ("/é", "/"), ("a/\u{301}", "a"),
        ])
    func folder(path: String, expected: String) {
        #expect(path.parentFolder == expected)
    }
}
