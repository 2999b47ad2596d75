using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Agents;

/// <summary>
/// Lets another bot answer on behalf of a call, in a run of its own without a conversation. Runs that start runs end at a depth, so that
/// bots which ask each other do not do so forever.
/// </summary>
/// <param name="models">The models.</param>
/// <param name="gate">Refuses bots that a policy blocks.</param>
/// <param name="services">The services, because the engine itself needs the actions.</param>
internal sealed class AgentRuns(ModelRegistry models, IUsageGate gate, IServiceProvider services)
{
    private const int MaxIterations = 20;
    private const int MaxContinuations = 5;
    private const int MaxCalls = 50;

    /// <param name="call">The call.</param>
    /// <param name="persona">The settings of the bot.</param>
    /// <param name="botId">The bot; null for an agent that is no stored bot.</param>
    /// <param name="text">The message of the user.</param>
    /// <param name="cancellationToken">The token that aborts the run.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="AbilityException">The run failed, or too many runs are above it.</exception>
    public async Task<string> AskAsync(AbilityCall call, Persona persona, string? botId, string text, CancellationToken cancellationToken)
    {
        if (call.Scope.Depth >= FunctionScope.MaxDepth)
            throw new AbilityException($"Bots can ask each other only {FunctionScope.MaxDepth} times in a row.");
        if (await gate.FindRefusalAsync(call.Scope.AccountId, botId) is { } blocked)
            throw new AbilityException(blocked.Message);
        var input = new RunInput
        {
            Kind = RunKinds.Complete,
            AccountId = call.Scope.AccountId,
            ScopeId = $"ability/{call.Scope.RunId}",
            SessionId = call.Scope.SessionId,
            ContactId = call.Scope.ContactId,
            BotId = botId,
            TimeZone = call.Scope.TimeZone,
            Depth = call.Scope.Depth + 1,
            IsOfTask = call.Scope.IsOfTask,
            IsPrivate = call.Scope.IsPrivate,
            Bounds = new RunBounds(MaxIterations, MaxContinuations, MaxCalls),
        };
        var message = TranscriptMessage.From(TranscriptMessage.User, text, null);
        var request = new StatelessRequest(input, persona, models.Resolve(persona.Model), [message], []);
        using var reader = services.GetRequiredService<StatelessRuns>().Start(request, heartbeat: null, cancellationToken);
        return await ReadAsync(reader, call.Usage, cancellationToken);
    }

    private static async Task<string> ReadAsync(LogReader reader, UsageCounter usage, CancellationToken cancellationToken)
    {
        string? answer = null;
        while (await reader.ReadAsync(cancellationToken) == LogRead.Lines)
        {
            foreach (var line in LogLines.Split(reader.Current.Lines))
            {
                if (LogLines.TypeOf(line.Span).SequenceEqual("error"u8))
                    throw new AbilityException("The bot could not answer.");
                if (LogLines.TypeOf(line.Span).SequenceEqual("result"u8))
                    answer = AnswerOf(LogLines.DataOf(line), usage);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        return string.IsNullOrEmpty(answer) ? throw new AbilityException("The bot gave no answer.") : answer;
    }

    private static string? AnswerOf(ReadOnlyMemory<byte> result, UsageCounter usage)
    {
        using var document = JsonDocument.Parse(result, JsonRules.Stored);
        var used = document.RootElement.GetProperty("usage");
        usage.Add(used.GetProperty("inputTokens").GetInt64(), used.GetProperty("outputTokens").GetInt64());
        return document.RootElement.GetProperty("text").GetString();
    }
}
