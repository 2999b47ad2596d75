using ChatBotKit.Server.ConversationEngine.Privacy;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders.Moderation;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// Moderates the messages of users, before a model answers them. A flagged message is noted in the conversation, and still answered. A
/// provider that fails or is late lets the message pass, which is logged.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
/// <param name="endpoint">The moderation model; null when none is configured.</param>
internal sealed class Moderator(TimeProvider time, ILogger<Moderator> logger, ModerationEndpoint? endpoint = null)
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

    /// <summary>Moderates the message of a run, and reports a flagged one.</summary>
    /// <remarks>
    /// The message and its verdict are not one transaction: a client sees that its message has arrived before the moderation model has answered,
    /// which takes up to <see cref="Patience"/>. When the process ends in between, the run ends without an answer, and the message has no verdict,
    /// like one whose moderation failed. The verdict itself is complete or absent: its message and the mark of the conversation are stored
    /// together.
    /// </remarks>
    /// <returns>The verdict; null for a message that is not flagged.</returns>
    public async Task<Abuse?> CheckAsync(string text, RunPrivacy? privacy, RunEvents events, CancellationToken abort)
    {
        events.InputUsedUp();
        if (await AskAsync(text, privacy, abort) is not { } abuse)
            return null;
        events.Flagged(abuse);
        return abuse;
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
