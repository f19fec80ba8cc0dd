/// Where a file that is read came from.
struct FilePlace {
  /// As shown to people: `收件/全部.zip!/沁阳.xlsx`.
  var shown: String
  /// Archives and messages around it.
  var archives = 0
  var mails = 0
  /// When what holds it says it was last saved, ISO 8601.
  var modified: String?
  /// The mail in which it came.
  var letter: MailLetter?

  init(shown: String) { self.shown = shown }

  /// The place of a file inside.
  func entering(_ file: ContainedFile) -> FilePlace {
    var place = self
    place.shown += "!/" + file.name
    place.modified = file.modified
    if let name = letter?.plainName {
      place.letter?.plainName = name + (name.hasSuffix("/") ? "" : "!/") + file.name
    }
    return place
  }

  /// The place of a message itself, for what it holds.
  func inside(_ message: MailMessage, isFromUnit: (String) -> Bool) -> FilePlace {
    var place = self
    place.mails += 1
    let own = MailLetter.Note(name: ownName, subject: message.subject, sender: message.sender)
    var received = message.received ?? letter?.received
    if let outer = letter, let note = outer.notes.first, isFromUnit(note.sender), let later = outer.received {
      // A unit that passes a message on sends it now. In a message of the office's own, what it had received is handed over.
      received = later
    }
    place.letter = MailLetter(
      notes: [own] + (letter?.notes ?? []), received: received, plainName: folder)
    return place
  }

  private var ownName: String { shown.split(separator: "/").last.map(String.init) ?? shown }

  /// Where the message lies, without its own name.
  private var folder: String {
    let name = letter?.plainName ?? shown
    return name.lastIndex(of: "/").map { String(name[...$0]) } ?? "/"
  }
}
