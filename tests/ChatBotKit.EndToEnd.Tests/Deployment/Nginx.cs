using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ChatBotKit.EndToEnd.Tests.Deployment;

/// <summary>A real nginx with the configuration of the guide, on a loopback port and with a self-signed certificate.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private const int Tries = 5;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly string[] Programs = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"];

    private readonly Process _process;
    private readonly DirectoryInfo _directory;
    private readonly X509Certificate2 _certificate;
    private readonly int _port;
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<bool> _listens = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Nginx(string site, X509Certificate2 certificate, string privateKey)
    {
        _certificate = certificate;
        _port = FreePort();
        _directory = Directory.CreateTempSubdirectory("chatbotkit-nginx-");
        Write("fullchain.pem", certificate.ExportCertificatePem());
        Write("privkey.pem", privateKey);
        Write("site.conf", site
            .With("listen 443 ssl", $"listen 127.0.0.1:{_port} ssl")
            .With("/etc/ssl/chat.example/", _directory.FullName + "/"));
        Write("nginx.conf", MainConfiguration(_directory.FullName));
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(Program!, ["-p", _directory.FullName, "-c", "nginx.conf", "-e", "stderr"]) { RedirectStandardError = true },
            EnableRaisingEvents = true,
        };
        _process.ErrorDataReceived += (_, line) => ReadLine(line.Data);
        _process.Exited += (_, _) => _listens.TrySetResult(false);
    }

    /// <summary>The path of nginx; null when it is not installed.</summary>
    public static string? Program => Programs.FirstOrDefault(File.Exists);

    /// <param name="site">The text of the guide, with the server's address.</param>
    /// <param name="host">The host name of the certificate.</param>
    public static async Task<Nginx> StartAsync(string site, string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = CertificateFor(host, key);
        for (var attempt = 1; ; attempt++)
        {
            var nginx = new Nginx(site, certificate, key.ExportPkcs8PrivateKeyPem());
            nginx._process.Start();
            nginx._process.BeginErrorReadLine();
            if (await nginx._listens.Task.WaitAsync(StartLimit, TestContext.Current.CancellationToken))
                return nginx;
            await nginx._process.WaitForExitAsync(TestContext.Current.CancellationToken);
            var errors = nginx.Errors();
            await nginx.DisposeAsync();
            // Another process has taken the port meanwhile.
            Assert.True(attempt < Tries && errors.Contains("(98:", StringComparison.Ordinal), $"nginx ended at its start:\n{errors}");
        }
    }

    /// <summary>Creates a client that reaches this nginx under any host name, and trusts only its certificate.</summary>
    /// <param name="credential">The token.</param>
    /// <param name="version">The version of HTTP; null for 1.1.</param>
    /// <param name="from">The local address of the client; null for the default.</param>
    public HttpClient Client(string credential, Version? version = null, IPAddress? from = null)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            ConnectCallback = (_, cancellationToken) => ConnectAsync(from, cancellationToken),
        };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate is not null && certificate.GetCertHash(HashAlgorithmName.SHA256).AsSpan().SequenceEqual(_certificate.GetCertHash(HashAlgorithmName.SHA256));
        var client = new HttpClient(handler)
        {
            DefaultRequestVersion = version ?? HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        client.DefaultRequestHeaders.Authorization = new("Bearer", credential);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    private static X509Certificate2 CertificateFor(string host, ECDsa key)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        var now = TimeProvider.System.GetUtcNow();
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private static string MainConfiguration(string directory) => $$"""
        daemon off;
        master_process off;
        pid {{directory}}/nginx.pid;
        error_log stderr notice;
        events { worker_connections 256; }
        http {
            access_log off;
            client_body_temp_path {{directory}}/body;
            proxy_temp_path {{directory}}/proxy;
            fastcgi_temp_path {{directory}}/fastcgi;
            uwsgi_temp_path {{directory}}/uwsgi;
            scgi_temp_path {{directory}}/scgi;
            include {{directory}}/site.conf;
        }
        """;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_directory.FullName, name), text + "\n");

    private async ValueTask<Stream> ConnectAsync(IPAddress? from, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (from is not null)
                socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(IPAddress.Loopback, _port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private string Errors()
    {
        lock (_errors)
            return _errors.ToString();
    }

    private void ReadLine(string? line)
    {
        if (line is null)
            return;
        lock (_errors)
            _errors.AppendLine(line);
        // nginx logs this when its sockets are open and it begins to wait for events.
        if (line.Contains("event method", StringComparison.Ordinal))
            _listens.TrySetResult(true);
    }
}
