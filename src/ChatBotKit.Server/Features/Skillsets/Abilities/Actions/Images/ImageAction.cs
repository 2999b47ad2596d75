using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders.Embeddings;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Images;

/// <summary><c>image.generate</c>: a picture that the configured endpoint makes from a description. It becomes a file of the account.</summary>
internal sealed class ImageAction(ImageOptions options, ImageClient client, GeneratedFiles files, TimeProvider time) : IAbilityAction
{
    private const int MaxPrompt = 10_000;

    public IReadOnlyList<string> Names { get; } = ["image", "image.generate"];

    public IReadOnlyList<AbilityField> FieldsOf(string action) =>
    [
        ActionFields.Required("prompt", "The description of the picture."),
        ActionFields.Optional("size", "Width and height in pixels, for example 1024x1024."),
    ];

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        if (options.Endpoint is not { } endpoint)
            return AbilityResult.Failed("This server makes no pictures, because no endpoint is configured (CHATBOTKIT_IMAGE_URL).");
        var prompt = call.TextOf("prompt") ?? call.Text;
        if (prompt.Length is 0 or > MaxPrompt)
            return AbilityResult.Failed($"The description of a picture has 1 to {MaxPrompt} characters.");
        var body = new JsonObject { ["prompt"] = prompt, ["n"] = 1 };
        if (options.Model is { } model)
            body["model"] = model;
        if (call.TextOf("size") is { } size)
            body["size"] = size;
        try
        {
            using var answer = await new JsonEndpoint("image model", endpoint, "images/generations", client.Http, time).PostAsync(body, cancellationToken);
            return AbilityResult.Of(await files.StoreAsync(call.Scope.AccountId, call.IdempotencyKey, prompt, PictureIn(answer.RootElement), cancellationToken));
        }
        catch (EmbeddingException exception)
        {
            return AbilityResult.Failed(FaultText.Sentence(exception.Message));
        }
        catch (ApiException exception)
        {
            return AbilityResult.Failed(FaultText.Sentence($"The picture can't be stored: {exception.Message}"));
        }
    }

    /// <summary>Returns the picture as an address: that of the answer, or a data URL of its bytes.</summary>
    /// <exception cref="AbilityException">The answer has none.</exception>
    private static string PictureIn(JsonElement answer)
    {
        if (answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array && data.GetArrayLength() > 0
            && data[0] is { ValueKind: JsonValueKind.Object } picture)
        {
            if (TextIn(picture, "b64_json") is { } bytes)
                return $"data:{PictureTypes.OfBase64(bytes)};base64,{bytes}";
            if (TextIn(picture, "url") is { } url)
                return url;
        }

        throw new AbilityException("The image model sent no picture.");
    }

    private static string? TextIn(JsonElement picture, string name) =>
        picture.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}

/// <summary>Recognizes the formats of pictures by the beginning of their base64.</summary>
internal static class PictureTypes
{
    public static string OfBase64(string bytes) => bytes switch
    {
        _ when bytes.StartsWith("iVBORw0KGgo", StringComparison.Ordinal) => "image/png",
        _ when bytes.StartsWith("/9j/", StringComparison.Ordinal) => "image/jpeg",
        _ when bytes.StartsWith("UklGR", StringComparison.Ordinal) => "image/webp",
        _ when bytes.StartsWith("R0lGOD", StringComparison.Ordinal) => "image/gif",
        _ => "application/octet-stream",
    };
}
