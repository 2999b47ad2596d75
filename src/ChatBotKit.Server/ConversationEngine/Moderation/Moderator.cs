using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine.Privacy;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders.Moderation;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// Moderates the messages of users, before a model answers them. A flagged message is noted in the conversation, and still answered. A
/// provider that fails or is late lets the message pass, which is logged.
/// </summary>
/// <param name="store">The store of the conversations.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
/// <param name="endpoint">The moderation model; null when none is configured.</param>
internal sealed class Moderator(IStore store, TimeProvider time, ILogger<Moderator> logger, ModerationEndpoint? endpoint = null)
{
    /// <summary>How long a message waits for its moderation.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public bool IsAvailable => endpoint is not null;

    /// <exception cref="ModerationUnavailableException">The persona is moderated, and the server can't do that.</exception>
    public static void Require(Moderator? moderator, Persona persona)
    {
        if (persona.Moderation == true && moderator is not { IsAvailable: true })
            throw new ModerationUnavailableException();
    }

    /// <summary>Moderates the message of a stored conversation, and notes the result there.</summary>
    public async Task CheckAsync(string text, RunPrivacy? privacy, RunEvents events, string conversationId, CancellationToken abort)
    {
        events.InputUsedUp();
        if (await AskAsync(text, privacy, abort) is not { } abuse)
            return;
        events.Message(TranscriptMessage.Context, abuse.Words, abuse.Meta);
        await NoteAsync(conversationId, abuse);
    }

    /// <summary>Moderates the message of a stateless run, and adds the result to its messages.</summary>
    public async Task CheckAsync(string text, RunPrivacy? privacy, RunEvents events, List<TranscriptMessage> transcript, CancellationToken abort)
    {
        events.InputUsedUp();
        if (await AskAsync(text, privacy, abort) is not { } abuse)
            return;
        events.Message(TranscriptMessage.Context, abuse.Words, abuse.Meta);
        transcript.Add(new TranscriptMessage(TranscriptMessage.Context, abuse.Words, null));
    }

    /// <summary>Moderates a text. The provider gets it without personal data when the run has privacy.</summary>
    /// <returns>Null when the text is not flagged, the provider failed, or the run is aborted meanwhile.</returns>
    public async Task<Abuse?> AskAsync(string text, RunPrivacy? privacy, CancellationToken abort)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, abort);
        try
        {
            return await endpoint!.CheckAsync(privacy?.Redact(text) ?? text, either.Token) is { } categories ? new Abuse(categories) : null;
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            // The loop of the run reports the abortion.
        }
        catch (OperationCanceledException)
        {
            logger.LogWarning("A message was not moderated, because the moderation model did not answer within {Seconds} seconds", Patience.TotalSeconds);
        }
        catch (EmbeddingException exception)
        {
            logger.LogWarning("A message was not moderated: {Reason}", exception.Message);
        }

        return null;
    }

    /// <summary>Sets <c>meta.abuse</c> of the conversation.</summary>
    public async Task NoteAsync(string conversationId, Abuse abuse) => await store.ChangeAsync(
        async db =>
        {
            if (await db.FirstAsync(ConversationTable.Rows, """WHERE "Id" = $1""", conversationId) is not { } conversation)
                return false;
            var meta = MetaJson.Parse(conversation.Meta) ?? [];
            meta[Abuse.MetaName] = JsonNode.Parse(abuse.Meta)![Abuse.MetaName]!.DeepClone();
            conversation.Meta = meta.ToJsonString(ChatBotKitJson.ServerOptions);
            await db.ChangeConversationAsync(conversation);
            return true;
        },
        CancellationToken.None);
}

/// <summary>The rule for fields that switch moderation on.</summary>
internal static class ModerationRules
{
    public static void CheckModeration(this Faults faults, Moderator moderator, bool? value)
    {
        if (value == true && !moderator.IsAvailable)
            faults.Add($"\"moderation\" can't be true: this server has no moderation model. Set {ModerationOptions.ModelSetting}");
    }
}

/// <summary>Moderation is switched on, and the server has no model for it. The caller gets the message with <c>400 BAD_REQUEST</c>.</summary>
internal sealed class ModerationUnavailableException() : Exception(Sentence), IApiFailure
{
    public const string Sentence =
        $"Moderation is on, but this server has no moderation model. Set {ModerationOptions.ModelSetting}, or switch \"moderation\" off.";

    public ApiError Error => new(ErrorCode.BadRequest, Message);

    public ApiError ErrorForEndUser =>
        new(ErrorCode.BadRequest, "The messages of this conversation can't be moderated, so they are not answered; its operator can see why.");
}
