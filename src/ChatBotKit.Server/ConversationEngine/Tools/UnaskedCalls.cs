using ChatBotKit.Server.Data;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// Calls the functions that the request wants to be called at the start or end of a run. Each is called once per message of the
/// user.
/// </summary>
internal readonly struct UnaskedCalls(ToolSet tools, ToolRunner runner, List<TranscriptMessage> transcript)
{
    /// <returns>False when only the caller can answer one of the calls.</returns>
    public ValueTask<bool> MakeAsync(Func<EngineFunction, bool> isCalled, CancellationToken abort) =>
        tools.IsEmpty ? new ValueTask<bool>(true) : MakeAsync(tools.All.Where(isCalled), abort);

    private async ValueTask<bool> MakeAsync(IEnumerable<EngineFunction> functions, CancellationToken abort)
    {
        var lastUser = transcript.FindLastIndex(message => message.Type == TranscriptMessage.User);
        var made = transcript.Skip(lastUser + 1).Select(message => message.Activity?.Name).ToHashSet();
        var calls = functions
            .Where(function => !made.Contains(function.Name))
            .Select(function => new ModelToolCall("call_" + Ids.Short(), function.Name, "{}"))
            .ToList();
        return calls.Count == 0 || await runner.RunAsync(calls, transcript, abort);
    }
}
