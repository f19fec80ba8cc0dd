/// nginx in front of the page: TLS towards browsers, the page behind it on this machine.
struct ProxyConfiguration {
  var names: [String]
  var port: Int

  var text: String {
    // Without the port, by which browsers only reach it for a trial.
    let server = (names.first ?? "tongji.example.org").split(separator: ":").first.map(String.init) ?? ""
    return """
      # /etc/nginx/conf.d/huizong.conf; certificate and key are the office's own.
      server {
        listen 443 ssl;
        listen [::]:443 ssl;
        server_name \(server);
        ssl_certificate /etc/ssl/certs/\(server).pem;
        ssl_certificate_key /etc/ssl/private/\(server).key;
        ssl_protocols TLSv1.2 TLSv1.3;
        client_max_body_size 100m;
        client_body_timeout 60s;
        add_header Strict-Transport-Security "max-age=31536000" always;
        location / {
          proxy_pass http://127.0.0.1:\(port);
          proxy_http_version 1.1;
          proxy_set_header Host $http_host;
          proxy_set_header Connection "";
          proxy_request_buffering off;
          proxy_buffering off;
          proxy_read_timeout 3600s;
        }
      }
      server {
        listen 80;
        listen [::]:80;
        server_name \(server);
        return 301 https://$host$request_uri;
      }

      """
  }
}
