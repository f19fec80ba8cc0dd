import Foundation
import Testing

@testable import Web

@Suite("The description of the HTTP interface")
struct OpenAPITests {
  @Test("Documentation/openapi.yaml names every address of the interface, and none that is gone")
  func paths() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Documentation/openapi.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let named = text.matches(of: /(?m)^  \/([a-z.-]+)/).map { String($0.output.1) }
    #expect(Set(named) == Interface.names.union(["portal"]))
  }
}
