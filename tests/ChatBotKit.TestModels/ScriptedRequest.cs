using System.Text.Json;

namespace ChatBotKit.TestModels;

/// <summary>A request to the <see cref="ScriptedModelServer"/>.</summary>
public sealed class ScriptedRequest(JsonElement body, string? authorization, CancellationToken disconnected)
{
    /// <summary>The whole body.</summary>
    public JsonElement Body { get; } = body;

    /// <summary>The Authorization header; null when there was none.</summary>
    public string? Authorization { get; } = authorization;

    /// <summary>Cancelled when the client disconnects before the response is complete.</summary>
    public CancellationToken Disconnected { get; } = disconnected;

    public string Model => Body.GetProperty("model").GetString()!;

    public IReadOnlyList<JsonElement> Messages => [.. Body.GetProperty("messages").EnumerateArray()];

    /// <summary>Returns the text of the last message of a role; empty when there is none.</summary>
    public string LastText(string role) => Messages
        .LastOrDefault(message => message.GetProperty("role").GetString() == role) is { ValueKind: JsonValueKind.Object } last
            ? last.GetProperty("content").GetString() ?? ""
            : "";

    /// <summary>Completes when the client has disconnected.</summary>
    public async Task WaitForDisconnectAsync(CancellationToken cancellationToken)
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = Disconnected.Register(() => left.TrySetResult());
        await left.Task.WaitAsync(cancellationToken);
    }
}
