using System.Net.Sockets;
using System.Text;

namespace ChatBotKit.Server.Tests.Http;

/// <summary>Sends a request byte by byte as it is written, which no HTTP client does.</summary>
internal static class RawRequest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>What the server answers until it closes the connection; the request must ask for that.</summary>
    public static async Task<string> SendAsync(Uri server, string request)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, limit.Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), limit.Token);
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, limit.Token);
        return Encoding.Latin1.GetString(answer.ToArray());
    }

    /// <summary>The number in the first line of an answer.</summary>
    public static string Status(string answer) => answer.Split(' ')[1];
}
