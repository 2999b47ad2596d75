using System.Text.Json;

namespace ChatBotKit.Faults.Kill;

/// <summary>A request that may be repeated with the same key.</summary>
internal sealed record ApiCall(string Path, string Body, string Secret, string? Key = null)
{
    public static ApiCall Of(string path, object body, string secret, string? key = null) =>
        new(path, JsonSerializer.Serialize(body), secret, key);
}

/// <summary>The server has sent an unexpected response.</summary>
internal sealed class UnexpectedAnswerException(string message) : Exception(message);
