import Forms
import Foundation
import HTTPTypes
import Testing

@testable import Web

@Suite("Requests")
struct RequestTests {
  @Test("Parts of a path are decoded one by one; what is not encoded as it should be is refused")
  func path() {
    #expect(
      Exchange.parts(ofPath: "/api/v1/files/%E6%B2%81%E9%98%B3.xlsx") == ["api", "v1", "files", "沁阳.xlsx"])
    #expect(Exchange.parts(ofPath: "/a%2F..%2Fb") == ["a/../b"])
    #expect(Exchange.parts(ofPath: "/%FF%FE") == nil)
    #expect(Exchange.parts(ofPath: "/a%00b") == nil)
  }

  @Test("Of a name that comes twice the last value counts")
  func query() {
    let values = Exchange.values(ofQuery: "as-of=2024-12-01&q=%E6%B2%81+%E9%98%B3&q=a=b&empty")
    #expect(values == ["as-of": "2024-12-01", "q": "a=b", "empty": ""])
  }

  @Test("Only the page's own names and its own origin are taken")
  func origin() {
    let access = Access(token: "k", hosts: ["127.0.0.1:8642", "localhost:8642"], port: 8642)
    #expect(access.isKnownHost("localhost:8642") && access.isKnownHost("LOCALHOST:8642"))
    for host in ["evil.example:8642", "127.0.0.1", "127.0.0.1:80", nil] { #expect(!access.isKnownHost(host)) }
    func isOwn(_ origin: String?) -> Bool {
      var headers = HTTPFields()
      headers[.origin] = origin
      return access.isOwnOrigin(headers)
    }
    #expect(isOwn("http://127.0.0.1:8642"))
    for origin in [
      "null", "https://127.0.0.1:8642", "http://127.0.0.1:8642.evil.example", "http://localhost", nil,
    ] {
      #expect(!isOwn(origin))
    }
  }

  @Test("Figures keep their digits, and fields that say nothing are missing")
  func fields() throws {
    let fields = try RequestFields(
      Array(#"{"new": 12.50, "by": " 李晓红 ", "reason": "  ", "cell": null}"#.utf8))
    #expect(fields["new"] == "12.5")
    #expect(fields["by"] == "李晓红")
    #expect(fields["reason"] == nil && fields["cell"] == nil)
    for text in ["", "[]", "12", "{", #"{"a": {"b": 1}}"#] {
      #expect(throws: Problem.self) { try RequestFields(Array(text.utf8)) }
    }
  }

  @Test("The difference of two texts, line by line")
  func changes() {
    let changes = TextChanges(from: "a\nb\nc\nd", to: "a\nc\nx\nd")
    #expect(changes.lines.map(\.text) == ["a", "b", "c", "x", "d"])
    #expect(changes.lines.map(\.kind) == [.same, .removed, .same, .added, .same])
    #expect(changes.summary == "+1 −1")
  }
}
