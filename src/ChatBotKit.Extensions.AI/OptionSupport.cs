using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>
/// Refuses options that the API cannot carry out and that change what an answer means. Those that are wishes only, such as
/// the temperature, are documented as ignored instead, since layers above the client set them for any model.
/// </summary>
internal static class OptionSupport
{
    /// <exception cref="NotSupportedException">An option cannot be carried out.</exception>
    public static void Check(ChatOptions? options, bool isStored)
    {
        if (options is null)
            return;
        if (options.StopSequences is { Count: > 0 })
            throw Unsupported(nameof(ChatOptions.StopSequences), "the API has no stop sequences");
        if (isStored && options.ToolMode is RequiredChatToolMode && options.Tools is { Count: > 0 })
            throw Unsupported(nameof(ChatOptions.ToolMode), "a stored conversation keeps its model, so no function can be required of it");
        // To ignore it would start a second run instead of going on with the first.
        if (ContinuationOf(options) is not null)
            throw Unsupported("ContinuationToken", "runs are taken up again by their id, with ConversationRunClient.StreamAsync");
    }

    /// <summary>Refuses a required function where no model is named, since the requirement travels with the model.</summary>
    /// <exception cref="NotSupportedException">A function is required and no model is named.</exception>
    public static void CheckModel(ChatOptions? options, string? model)
    {
        if (model is null && options?.ToolMode is RequiredChatToolMode && options.Tools is { Count: > 0 })
            throw Unsupported(nameof(ChatOptions.ToolMode), $"a function can be required only together with {nameof(ChatOptions.ModelId)}");
    }

    /// <summary>What the caller's factory gives; null when it gives nothing that is meant for this API.</summary>
    /// <exception cref="NotSupportedException">It gives the request of the other kind of call, whose fields would be lost.</exception>
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
