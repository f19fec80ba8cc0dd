import XLSX

/// Links, comments and conversations.
extension Gallery {
  static let annotations: [Feature] = [
    Feature("links") { book in
      let sheet = try sheet("链接 Links", in: book)
      let target = try book.addSheet(named: "It's a target")
      target["B2"] = "到这里 here"
      let look = Style(font: Font(underline: .single, color: .rgb(0x0563C1)))
      sheet["A3"] = "网页 web page"
      sheet.setHyperlink("https://www.example.com/查询?名称=焦作 市#部分", tooltip: "打开网页", at: "A3")
      sheet["A4"] = "邮件 mail"
      sheet.setHyperlink("mailto:office@example.com?subject=统计表", at: "A4")
      sheet["A5"] = "另一张表 another sheet"
      sheet.setHyperlink(to: "B2", of: target, tooltip: "跳到 B2", at: "A5")
      sheet["A6"] = "文件 file"
      sheet.setHyperlink("附件/说明.docx", at: "A6")
      sheet.setStyle(look, for: "A3:A6")
      sheet.setColumnWidth(30, for: "A")
    },
    Feature("comments") { book in
      let sheet = try sheet("批注 Comments", in: book)
      put(figures(), at: "A3", on: sheet)
      sheet.setComment("合计应为 15\n请核对", author: "市总", at: "B4")
      sheet.setComment(
        CellComment(
          RichText([
            .init("请核对：\n", font: Font(name: "宋体", size: 9, bold: true, color: .rgb(0xC00000))),
            .init("这条批注一直显示，框的大小随文字而定。", font: Font(name: "宋体", size: 9)),
          ]), author: "市总", isVisible: true), at: "E5")
      sheet.setColumnWidth(12, for: "F:J")
    },
    Feature("conversations") { book in
      let sheet = try sheet("会话批注 Conversations", in: book)
      put(figures(), at: "A3", on: sheet)
      sheet.setThread(
        CommentThread([
          .init("合计与分项不符，请核对", author: "市总", date: "2024-11-20T08:00:00Z"),
          .init("已更正为 15", author: "沁阳市总工会", date: "2024-11-20T09:12:30Z"),
        ]), at: "C5")
      sheet.setThread(
        CommentThread([.init("同意 & <关闭>", author: "市总", date: "2024-11-21T10:00:00Z")], isResolved: true),
        at: "D6")
      sheet.setComment("普通批注与会话并存", author: "市总", at: "B4")
    },
  ]
}
