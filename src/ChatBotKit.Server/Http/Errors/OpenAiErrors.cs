using System.Text.Json;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Http;

/// <summary>Errors in the form of the OpenAI protocol: <c>{"error": {"message", "type", "param", "code"}}</c>.</summary>
internal static class OpenAiErrors
{
    /// <summary>The path below which errors also have this form.</summary>
    private const string Path = ApiRoutes.Canonical + "/openai";

    /// <summary>The name of the field that names the model, whose absence is an error of its own.</summary>
    public const string Model = "model";

    public static bool IsFor(PathString path) => path.StartsWithSegments(Path);

    /// <summary>Writes the property <c>error</c>.</summary>
    public static void Write(Utf8JsonWriter json, ApiError error)
    {
        json.WriteStartObject("error"u8);
        json.WriteString("message"u8, FaultText.Clip(error.Message, ErrorWriter.MaxMessageLength));
        json.WriteString("type"u8, TypeOf(error.Code.Status));
        json.WriteString("param"u8, error.Param);
        json.WriteString("code"u8, CodeOf(error));
        json.WriteEndObject();
    }

    private static string TypeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "authentication_error",
        StatusCodes.Status403Forbidden => "permission_error",
        StatusCodes.Status429TooManyRequests => "rate_limit_error",
        >= StatusCodes.Status500InternalServerError => "server_error",
        _ => "invalid_request_error",
    };

    private static string? CodeOf(ApiError error) => error.Code.Code switch
    {
        "NOT_AUTHENTICATED" => "invalid_api_key",
        "TOO_MANY_REQUESTS" => "rate_limit_exceeded",
        "LIMITS_REACHED" or "USAGE_LIMIT" => "insufficient_quota",
        "NOT_FOUND" when error.Param == Model => "model_not_found",
        "BAD_REQUEST" => error.Param is null ? null : "invalid_value",
        var code => code,
    };
}
