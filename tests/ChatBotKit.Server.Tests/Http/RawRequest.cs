using System.Net.Sockets;
using System.Text;

namespace ChatBotKit.Server.Tests.Http;

/// <summary>Sends the bytes of a request exactly as written, which no HTTP client does.</summary>
internal static class RawRequest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Returns the response until the server closes the connection, which the request must ask for.</summary>
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

    /// <summary>Returns the status in the first line of a response.</summary>
    public static string Status(string answer) => answer.Split(' ')[1];
}
