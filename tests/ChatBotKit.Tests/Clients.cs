using ChatBotKit.Testing;

namespace ChatBotKit.Tests;

/// <summary>Clients with a scripted handler, without delays between retries.</summary>
internal static class Clients
{
    public const string Secret = "sk-0123456789abcdef";

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static ChatBotKitClientOptions Options(ScriptedHandler handler) => new()
    {
        Secret = Secret,
        BaseUrl = new Uri("http://localhost:8080"),
        HttpClient = new HttpClient(handler),
        RetryDelay = TimeSpan.Zero,
    };

    public static ChatBotKitApi Api(ScriptedHandler handler) => new(Options(handler));

    public static async Task<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> items, List<T>? into = null)
    {
        into ??= [];
        await foreach (var item in items.WithCancellation(Token))
            into.Add(item);
        return into;
    }

    /// <summary>Returns the text that an operation writes to a stream.</summary>
    public static async Task<string> WrittenAsync(Func<Stream, Task> write)
    {
        using var file = new MemoryStream();
        await write(file);
        return System.Text.Encoding.UTF8.GetString(file.ToArray());
    }
}
