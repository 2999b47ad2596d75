using System.Text.Json;

namespace ChatBotKit.Faults.Kill;

/// <summary>A request as it is sent, and sent again with the same key.</summary>
internal sealed record ApiCall(string Path, string Body, string Secret, string? Key = null)
{
    public static ApiCall Of(string path, object body, string secret, string? key = null) =>
        new(path, JsonSerializer.Serialize(body), secret, key);
}

/// <summary>The server has answered, and not as it should.</summary>
internal sealed class UnexpectedAnswerException(string message) : Exception(message);
