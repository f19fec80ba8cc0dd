import Forms
import Foundation
import HTTPTypes
import Hummingbird

/// The door for people from other machines: name and password.
struct LoginPage {
  let language: Language
  var problem: LocalizedText?

  private func say(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }

  var html: String {
    """
    <!DOCTYPE html>
    <html lang="\(language == .chinese ? "zh-CN" : "en")">
    <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark"><title>\(say("登录", "Log in"))</title>
    <link rel="icon" href="/assets/icon.svg"><link rel="stylesheet" href="/assets/page.css"></head>
    <body class="alone"><main id="main"><h1>\(say("登录", "Log in"))</h1>
    <p class="error" role="alert">\(problem.map { Markup.text($0.text(in: language)) } ?? "")</p>
    <form method="post" action="/login" class="login">
    <p><label>\(say("姓名", "Name")) <input name="name" autocomplete="username" required maxlength="40"></label></p>
    <p><label>\(say("密码", "Password")) <input name="password" type="password" autocomplete="current-password" required maxlength="200"></label></p>
    <p><button type="submit" class="button">\(say("登录", "Log in"))</button></p></form></main></body></html>

    """
  }
}
