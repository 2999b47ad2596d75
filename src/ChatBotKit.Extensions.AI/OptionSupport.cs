using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>
/// Refuses options that the API does not support and that change the meaning of an answer. Options that are only hints,
/// such as the temperature, are documented as ignored, because layers above the client set them for any model.
/// </summary>
internal static class OptionSupport
{
    /// <exception cref="NotSupportedException">An option is not supported.</exception>
    public static void Check(ChatOptions? options, bool isStored)
    {
        if (options is null)
            return;
        if (options.StopSequences is { Count: > 0 })
            throw Unsupported(nameof(ChatOptions.StopSequences), "the API has no stop sequences");
        if (isStored && options.ToolMode is RequiredChatToolMode && options.Tools is { Count: > 0 })
            throw Unsupported(nameof(ChatOptions.ToolMode), "a stored conversation keeps its model, so no function can be required of it");
        // Ignoring the token would start a second run instead of continuing the first one.
        if (ContinuationOf(options) is not null)
            throw Unsupported("ContinuationToken", "runs are taken up again by their id, with ConversationRunClient.StreamAsync");
    }

    /// <summary>Refuses a required function when no model is named, because the requirement is sent as a setting of the model.</summary>
    /// <exception cref="NotSupportedException">A function is required and no model is named.</exception>
    public static void CheckModel(ChatOptions? options, string? model)
    {
        if (model is null && options?.ToolMode is RequiredChatToolMode && options.Tools is { Count: > 0 })
            throw Unsupported(nameof(ChatOptions.ToolMode), $"a function can be required only together with {nameof(ChatOptions.ModelId)}");
    }

    /// <summary>Gets the result of the caller's factory; null when it returns nothing for this API.</summary>
    /// <exception cref="NotSupportedException">
    /// The factory returned the request of the other kind of call, whose fields would be lost.
    /// </exception>
    public static T? RawOf<T>(ChatOptions? options, IChatClient client)
        where T : class => options?.RawRepresentationFactory?.Invoke(client) switch
        {
            T raw => raw,
            ConversationCompleteRequest or ConversationCompleteMessageRequest =>
                throw Unsupported(nameof(ChatOptions.RawRepresentationFactory), $"this call takes a {typeof(T).Name}"),
            _ => null,
        };

#pragma warning disable MEAI001 // The property is experimental, and to ignore it would be wrong all the same.
    private static ResponseContinuationToken? ContinuationOf(ChatOptions options) => options.ContinuationToken;
#pragma warning restore MEAI001

    private static NotSupportedException Unsupported(string option, string reason) =>
        new($"ChatOptions.{option} cannot be used here: {reason}.");
}
