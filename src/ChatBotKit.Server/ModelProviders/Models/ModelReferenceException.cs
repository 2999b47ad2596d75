using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.ModelProviders.Models;

/// <summary>A request names a model that can't be used. The caller gets the message with <c>400 BAD_REQUEST</c>.</summary>
internal class ModelReferenceException(string message) : Exception(message), IApiFailure
{
    public ApiError Error => new(ErrorCode.BadRequest, Message);

    public ApiError ErrorForEndUser =>
        new(ErrorCode.BadRequest, "The model of this conversation can't be used; its operator can see why.");
}

/// <summary>No provider serves the model.</summary>
internal sealed class UnknownModelException(string name, IEnumerable<string> served)
    : ModelReferenceException($"The model \"{name}\" is not served here. Served are: {string.Join(", ", served)}.")
{
    public string Model { get; } = name;
}
