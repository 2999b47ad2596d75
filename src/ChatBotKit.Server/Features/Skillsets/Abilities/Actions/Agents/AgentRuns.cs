using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.ModelProviders.Models;

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
            IsCountedElsewhere = true,
            Bounds = new RunBounds(MaxIterations, MaxContinuations, MaxCalls),
        };
        var message = TranscriptMessage.From(TranscriptMessage.User, text, null);
        var request = new StatelessRequest(input, persona, models.Resolve(persona.Model), [message], []);
        using var reader = services.GetRequiredService<StatelessRuns>().Start(request, heartbeat: null, cancellationToken);
        var answer = await RunAnswer.ReadAsync(reader, cancellationToken);
        if (answer.HasFailed)
            throw new AbilityException("The bot could not answer.");
        call.Usage.Add(answer.InputTokens, answer.OutputTokens);
        return string.IsNullOrEmpty(answer.Text) ? throw new AbilityException("The bot gave no answer.") : answer.Text;
    }
}
