using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.ModelProviders.Models;

namespace ChatBotKit.Server.Features.Digests;

/// <summary>
/// Asks a model about a conversation, in a run without a conversation of its own. Its tokens count as usage of the conversation and its bot, also
/// where the answer can't be used, and the privacy of the conversation holds.
/// </summary>
internal sealed class DigestModel(IStore store, ModelRegistry models, IUsageGate gate, StatelessRuns runs, TimeProvider time)
{
    /// <summary>The run calls no functions, so one call of the model is enough. An answer that is cut off is continued.</summary>
    private static readonly RunBounds Bounds = new(Iterations: 5, Continuations: 3, Calls: 1);

    /// <summary>Returns the refusal of a policy that blocks the bot; null when the model may be asked.</summary>
    public ValueTask<ApiError?> FindRefusalAsync(DigestSubject subject) =>
        gate.FindRefusalAsync(subject.Integration.AccountId, subject.Conversation.BotId);

    /// <param name="subject">The conversation, which becomes the message of the user.</param>
    /// <param name="instruction">The instruction.</param>
    /// <param name="model">The model string; null for the default model.</param>
    /// <param name="cancellationToken">The token that aborts the run.</param>
    /// <exception cref="InvalidOperationException">The model gave no answer.</exception>
    public async Task<string> AskAsync(DigestSubject subject, string instruction, string? model, CancellationToken cancellationToken)
    {
        var input = new RunInput
        {
            Kind = RunKinds.Complete,
            AccountId = subject.Integration.AccountId,
            ScopeId = subject.Integration.AccountId,
            BotId = subject.Conversation.BotId,
            ContactId = subject.Conversation.ContactId,
            IsPrivate = subject.IsPrivate,
            IsCountedElsewhere = true,
            Bounds = Bounds,
        };
        var resolved = models.Resolve(model);
        var request = new StatelessRequest(
            input, new Persona(Backstory: instruction), resolved, [new TranscriptMessage(TranscriptMessage.User, subject.Text, null)], []);
        using var reader = runs.Start(request, heartbeat: null, cancellationToken);
        var answer = await RunAnswer.ReadAsync(reader, cancellationToken);
        await StoreUsageAsync(subject, resolved, answer);
        return answer.HasFailed || string.IsNullOrWhiteSpace(answer.Text) ? throw new InvalidOperationException("The model gave no answer.") : answer.Text;
    }

    private async Task StoreUsageAsync(DigestSubject subject, ResolvedModel model, RunAnswer answer)
    {
        if (answer.InputTokens + answer.OutputTokens == 0)
            return;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await store.CommitAsync(new WriteSet
        {
            Usage = UsageRow.OfTokens(
                subject.Integration.AccountId, model.Model.Name, answer.InputTokens, answer.OutputTokens, now, subject.Conversation),
        });
    }
}
