using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Features.OpenAi;

/// <summary>A request in the OpenAI protocol that can't be handled.</summary>
/// <param name="code">The code.</param>
/// <param name="message">The sentence for the caller.</param>
/// <param name="param">The field at fault, for example <c>messages[0].content</c>.</param>
internal sealed class ChatFault(ErrorCode code, string message, string? param) : Exception(message), IApiFailure
{
    public ApiError Error { get; } = new(code, message) { Param = param };

    public static ChatFault Bad(string param, string message) => new(ErrorCode.BadRequest, message, param);

    /// <summary>Creates the fault of a field with a value of the wrong type.</summary>
    public static ChatFault Type(string param, string expected) => Bad(param, $"Invalid type for '{param}': expected {expected}.");
}
