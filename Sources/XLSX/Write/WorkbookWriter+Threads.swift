/// What stands in for a conversation in the comments part, for programs that know none.
struct ThreadTwin {
  /// The conversation's own identifier.
  var identifier: String
  /// The comment, with the author by whom Excel recognises a twin.
  var comment: CellComment
}

/// Conversations ([MS-XLSX] 2.6.205): the entries in a part of the sheet, their authors in a part of the workbook, and a
/// comment as a twin, by which older programs show them.
extension WorkbookWriter {
  /// - Returns: The twins, by cell.
  mutating func addThreads(of sheet: Worksheet, part: String) -> [CellReference: ThreadTwin] {
    let threads = sheet.content.threads.sorted { $0.key < $1.key }
    if threads.isEmpty { return [:] }
    counters.threads += 1
    var xml = ByteBuffer()
    xml.begin(part: "ThreadedComments", ["xmlns": Namespace.threadedComments, "xmlns:x": Namespace.main])
    xml.endTag()
    var twins: [CellReference: ThreadTwin] = [:]
    for (cell, thread) in threads {
      let key = "\(counters.threads) \(cell)"
      let identifier = StableIdentifier.guid("\(key) 0")
      for (place, entry) in thread.entries.enumerated() {
        if !persons.contains(entry.author) { persons.append(entry.author) }
        ThreadXML.append(
          entry, at: cell, person: ThreadXML.personIdentifier(entry.author),
          identifier: StableIdentifier.guid("\(key) \(place)"), parent: place == 0 ? nil : identifier,
          isResolved: place == 0 && thread.isResolved, to: &xml)
      }
      twins[cell] = ThreadTwin(
        identifier: identifier,
        comment: CellComment(ThreadXML.twinText(of: thread), author: "tc=\(identifier)"))
    }
    xml.end("ThreadedComments")
    let threadPart = "/xl/threadedComments/threadedComment\(counters.threads).xml"
    package.relate(part, .threadedComment, to: threadPart)
    package.add(threadPart, type: .threadedComments, xml)
    return twins
  }

  /// The list of everyone who wrote in a conversation, if anyone did.
  mutating func addPersons() {
    if persons.isEmpty { return }
    var xml = ByteBuffer()
    xml.begin(part: "personList", ["xmlns": Namespace.threadedComments, "xmlns:x": Namespace.main])
    xml.endTag()
    for name in persons {
      ThreadXML.appendPerson(name, identifier: ThreadXML.personIdentifier(name), to: &xml)
    }
    xml.end("personList")
    package.relate(Self.workbookPart, .person, to: "/xl/persons/person.xml")
    package.add("/xl/persons/person.xml", type: .persons, xml)
  }
}

enum ThreadXML {
  static func personIdentifier(_ name: String) -> String { StableIdentifier.guid("person \(name)") }

  static func appendPerson(_ name: String, identifier: String, to xml: inout ByteBuffer) {
    xml.begin("person")
    xml.attribute("displayName", name)
    xml.attribute("id", identifier)
    xml.attribute("userId", name)
    xml.attribute("providerId", "None")
    xml.endEmpty()
  }

  static func append(
    _ entry: CommentThread.Entry, at cell: CellReference, person: String, identifier: String,
    parent: String?, isResolved: Bool, to xml: inout ByteBuffer
  ) {
    xml.begin("threadedComment")
    xml.attribute("ref", reference: cell)
    // Excel stores UTC without a zone.
    if let date = entry.date { xml.attribute("dT", date.prefix { $0 != "Z" } + ".00") }
    xml.attribute("personId", person)
    xml.attribute("id", identifier)
    if let parent { xml.attribute("parentId", parent) }
    if isResolved { xml.attribute("done", 1) }
    xml.append("><text>")
    xml.append(plainText: entry.text)
    xml.append("</text></threadedComment>")
  }

  /// What programs without conversations show; worded as Excel's Chinese version words it.
  static func twinText(of thread: CommentThread) -> String {
    var text = """
      [线程批注]

      你的 Excel 版本可读取此线程批注; 但如果在更新版本的 Excel 中打开文件，则对批注所作的任何改动都将被删除。\
      了解详细信息: https://go.microsoft.com/fwlink/?linkid=870924


      """
    for (place, entry) in thread.entries.enumerated() {
      text += "\(place == 0 ? "注释" : "\n答复"):\n    \(entry.text)"
    }
    return text
  }
}
