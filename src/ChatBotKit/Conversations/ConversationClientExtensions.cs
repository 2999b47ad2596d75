using System.Runtime.CompilerServices;

namespace ChatBotKit;

/// <summary>Provides methods that return only the text of an answer.</summary>
public static class ConversationClientExtensions
{
    /// <summary>
    /// Runs the model on the messages of the request and returns the text of its answer piece by piece. Nothing is stored.
    /// The request is sent when the text is enumerated, which can be done once. Canceling the request aborts the run.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <param name="request">The messages, and the bot or model that answers them.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The pieces of the text as they are written, without reasoning and function calls.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field or the model is not valid, or a field refers to something that does not
    /// exist. <see cref="ErrorCodes.NotFound"/>: the bot, the dataset or the skillset does not exist.
    /// <see cref="ErrorCodes.NoSubscription"/>: the model is not part of the account's plan.
    /// <see cref="ErrorCodes.LimitsReached"/>: the account has no messages or tokens left.
    /// <see cref="ErrorCodes.TooManyRequests"/>: too many runs are in progress. <see cref="ErrorCodes.BadGateway"/> or
    /// <see cref="ErrorCodes.GatewayTimeout"/>: the provider of the model failed or did not answer.
    /// <see cref="ErrorCodes.GenericError"/>: the run failed, and the server does not say why.
    /// <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke, and the stream could not be resumed.
    /// </exception>
    public static IAsyncEnumerable<string> StreamTextAsync(
        this ConversationClient client, ConversationCompleteRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return ReadAsync(client.CompleteAsync(request, cancellationToken), CancellationToken.None);
    }

    /// <summary>
    /// Stores the user's message in a conversation, runs the model to answer it, and returns the text of the answer piece
    /// by piece. The request is sent when the text is enumerated, which can be done once. A broken stream is resumed as
    /// with <see cref="ConversationClient.CompleteAsync(string, ConversationCompleteMessageRequest, CancellationToken)"/>.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">The message. Without a text, the model continues from the stored messages.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The pieces of the text as they are written, without reasoning and function calls.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// conversation does not exist. <see cref="ErrorCodes.Conflict"/>: the conversation was changed at the same time.
    /// <see cref="ErrorCodes.NoSubscription"/>: the model is not part of the account's plan.
    /// <see cref="ErrorCodes.LimitsReached"/>: the account has no messages or tokens left.
    /// <see cref="ErrorCodes.TooManyRequests"/>: too many runs are in progress. <see cref="ErrorCodes.BadGateway"/> or
    /// <see cref="ErrorCodes.GatewayTimeout"/>: the provider of the model failed or did not answer.
    /// <see cref="ErrorCodes.GenericError"/>: the run failed, and the server does not say why.
    /// <see cref="ErrorCodes.PermissionMissing"/>: the session does not have the permission <c>complete</c>.
    /// <see cref="ErrorCodes.SessionMessageLimit"/> or <see cref="ErrorCodes.SessionTokenLimit"/>: the session has reached
    /// its limit. <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke, and the stream could not be resumed.
    /// </exception>
    public static IAsyncEnumerable<string> StreamTextAsync(
        this ConversationClient client, string conversationId, ConversationCompleteMessageRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return ReadAsync(client.CompleteAsync(conversationId, request, cancellationToken), CancellationToken.None);
    }

    private static async IAsyncEnumerable<string> ReadAsync(
        IAsyncEnumerable<RunEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hasText = false;
        await foreach (var happened in events.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            switch (happened)
            {
                case TokenEvent token:
                    hasText = true;
                    yield return token.Token;
                    break;
                case MessageEvent { Data: { } data } when data.Type == MessageType.Bot:
                    // Some texts are not written by the model and have no tokens.
                    if (!hasText && data.Text.Length > 0)
                        yield return data.Text;
                    hasText = false;
                    break;
            }
        }
    }
}
