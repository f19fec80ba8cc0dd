/// A file that holds other files: an archive, a mail, a mailbox.
protocol FileContainer {
  /// Calls a closure for every file inside, in the order in which they lie there. Their names are the same each time.
  ///
  /// - Throws: ``IntakeProblem`` where reading has to end before the last file, and whatever the closure throws.
  func forEach(_ body: (ContainedFile) throws -> Void) throws
}

/// One file inside a container, not read yet.
struct ContainedFile {
  enum Content {
    /// Bytes that are made when they are asked for. The closure throws nothing but ``IntakeProblem``.
    case bytes(() throws -> [UInt8])
    case message(MailMessage)
  }

  enum Role {
    case file
    /// The text of a mail, which is looked at where no file holds a form.
    case text
    /// A picture in such a text, which is told where there is nothing else.
    case picture
  }

  /// A path with `/`, unlike those of all other files in the container.
  var name: String
  var content: Content
  /// When the container says it was last saved, ISO 8601.
  var modified: String?
  var role = Role.file

  init(name: String, modified: String? = nil, content: @escaping () throws -> [UInt8]) {
    self.name = name
    self.modified = modified
    self.content = .bytes(content)
  }

  init(name: String, message: MailMessage) {
    self.name = name
    content = .message(message)
  }
}

/// Tells files of the same name in one container apart by a number.
struct UniqueNames {
  private var taken: Set<String> = []

  mutating func name(_ name: String) -> String {
    let name = name.isEmpty ? "?" : name
    var unique = name
    var number = 2
    while !taken.insert(unique).inserted {
      unique = "\(name) (\(number))"
      number += 1
    }
    return unique
  }
}
