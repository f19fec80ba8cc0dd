import ArgumentParser
import Forms
import Foundation
import Web

/// `log`: what was done in the working folder, by whom and when.
struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "log", abstract: "看谁在什么时候做了什么")

  @Option(help: "text or json")
  var format: ResultFormat = .text

  @Flag(help: "check that no entry was changed")
  var verify = false

  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let language = global.language
    let desk = LedgerDesk(startsOne: false)
    if let problem = desk.problem { Output.complain(problem.text(in: language)) }
    guard let ledger = desk.ledger else {
      if format == .json { Output.write(JSONValue(dictionaryLiteral: ("entries", [])).serialised()) }
      if format == .text {
        Output.show(LocalizedText(zh: "这里还没有日志", en: "nothing is recorded here").text(in: language))
      }
      return
    }
    let broken = verify ? try ledger.verify() : nil
    let entries = try ledger.entries()
    switch format {
    case .json:
      var members: [JSONValue.Member] = [.init("entries", .array(entries.map(\.json)))]
      if verify {
        members.append(.init("intact", .bool(broken == nil)))
        members.append(.init("firstBroken", broken.map { .integer($0) } ?? .null))
      }
      Output.write(JSONValue.object(members).serialised())
    case .text:
      Output.show(text(entries, language))
      if verify {
        let words =
          broken.map { number in
            LocalizedText(zh: "从第\(number)条起与原来不符", en: "from entry \(number) on not as it was written")
          } ?? LocalizedText(zh: "共\(entries.count)条，未被改动", en: "\(entries.count) entries, none changed")
        Output.show(words.text(in: language))
      }
    }
    if broken != nil { throw Failure.findings }
  }

  private func text(_ entries: [LedgerEntry], _ language: Language) -> String {
    entries.map { entry in
      let change = [entry.old, entry.new].compactMap(\.self).joined(separator: " → ")
      let parts: [String] = [
        String(entry.number), String(entry.time.prefix(19)).replacing("T", with: " "), entry.person,
        entry.word(in: language), entry.file ?? "", entry.unit ?? "", entry.form ?? "", entry.cell ?? "",
        change,
        entry.reason ?? "",
      ]
      return parts.filter { !$0.isEmpty }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
