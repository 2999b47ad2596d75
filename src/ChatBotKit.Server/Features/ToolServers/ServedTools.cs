using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.ToolServers;

/// <summary>The result of a call as JSON, or the reason of its failure.</summary>
internal sealed record ToolAnswer(JsonElement Result, string? Error)
{
    /// <summary>The result or the reason as text.</summary>
    public string Text => Error ?? (Result.ValueKind == JsonValueKind.String ? Result.GetString()! : Result.GetRawText());
}

/// <summary>Lists and calls the enabled abilities of a skillset.</summary>
internal sealed class ServedTools(IAbilityReader abilities, AbilityUsage usages)
{
    public Task<IReadOnlyList<ServedFunction>> ListAsync(ToolServer server, CancellationToken cancellationToken) =>
        CountedAsync(server, () => ReadAsync(server, cancellationToken));

    /// <param name="server">The integration.</param>
    /// <param name="name">The name of the function, or of its ability.</param>
    /// <param name="arguments">The arguments: a JSON object as text.</param>
    /// <param name="cancellationToken">The token that cancels the call.</param>
    /// <returns>The answer; null when there is no such function.</returns>
    public Task<ToolAnswer?> CallAsync(ToolServer server, string name, string arguments, CancellationToken cancellationToken) =>
        CountedAsync(server, () => ExecuteAsync(server, name, arguments, cancellationToken));

    private async Task<IReadOnlyList<ServedFunction>> ReadAsync(ToolServer server, CancellationToken cancellationToken) =>
        server.SkillsetId is null ? [] : await abilities.FunctionsAsync(server.SkillsetId, [], server.Scope, cancellationToken);

    /// <summary>Stores the tokens that a request has used, even if it failed.</summary>
    private async Task<T> CountedAsync<T>(ToolServer server, Func<Task<T>> execute)
    {
        try
        {
            return await execute();
        }
        finally
        {
            _ = server.Scope.Connections.CloseAsync();
            await usages.StoreAsync(server.Scope);
        }
    }

    private async Task<ToolAnswer?> ExecuteAsync(ToolServer server, string name, string arguments, CancellationToken cancellationToken)
    {
        var functions = await ReadAsync(server, cancellationToken);
        var function = functions.FirstOrDefault(function => function.Name == name) ?? functions.FirstOrDefault(function => function.Name == FunctionNames.Of(name));
        if (function?.Runner is not { } runner)
            return null;
        try
        {
            var result = JsonElement.Parse(await runner.RunAsync(new EngineCall(server.Scope, 1, arguments), cancellationToken));
            return result.ValueKind == JsonValueKind.Object && result.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String
                && result.GetPropertyCount() == 1
                ? new ToolAnswer(result, error.GetString())
                : new ToolAnswer(result, null);
        }
        catch (RunAbortedException)
        {
            return new ToolAnswer(default, "The ability has ended the work.");
        }
    }
}
