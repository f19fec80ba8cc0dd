/// What the mail says in which a file came: who may have sent it, and when it was received.
struct MailLetter: Hashable, Sendable, Codable {
  /// What one message says of itself: the name of its file, its subject, its sender.
  struct Note: Hashable, Sendable, Codable {
    var name: String
    var subject: String
    var sender: String

    /// The sender's address in small letters: that of `李 <li@example.com>`.
    var address: String? {
      let words = sender.lowercased().split { $0.isWhitespace || "<>()\"',;".contains($0) }
      return words.last { $0.contains("@") }.map(String.init)
    }
  }

  /// From the message that carries the file to the outermost one.
  var notes: [Note]
  var received: MailDate?
  /// The file as shown, without the names of the messages: `收件/沁阳/附件2.xlsx` for `收件/沁阳/转发.eml!/附件2.xlsx`. Their names are mostly
  /// subjects, which say who may have sent a form, and never that another unit's form is wrong.
  var plainName: String
}

extension UnitRegister {
  /// The units that the mail of a file speaks of, from the innermost message out; several where its name, its subject and
  /// its sender do not agree.
  func find(in letter: MailLetter) -> [ReportingUnit] {
    for note in letter.notes {
      var found: Set<Int> = []
      for text in [note.name, note.subject, note.sender] { found.formUnion(find(inPart: text[...])) }
      if let code = note.address.flatMap({ senders[$0] }) {
        found.formUnion(units.indices.filter { units[$0].code == code })
      }
      if !found.isEmpty { return narrowed(found.sorted().map { units[$0] }, byFileName: letter.plainName) }
    }
    return []
  }

  /// The units that the name of a file says, else those that its mail speaks of.
  func find(inNameOf file: InputFile) -> [ReportingUnit] {
    guard let letter = file.letter else { return find(inFileName: file.file) }
    let named = find(inFileName: letter.plainName)
    return named.isEmpty ? find(in: letter) : named
  }
}
