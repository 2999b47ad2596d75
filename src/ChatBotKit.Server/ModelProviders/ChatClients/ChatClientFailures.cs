using System.Globalization;
using System.Net;
using System.Text.Json;
using ChatBotKit.Server.ModelProviders.OpenAi.Failures;
using Microsoft.Extensions.AI;

namespace ChatBotKit.Server.ModelProviders.ChatClients;

/// <summary>Converts the exceptions of a third-party client to failures that name the provider and the remedy.</summary>
internal sealed class ChatClientFailures(string name)
{
    public ModelProviderException Translate(Exception exception) => exception switch
    {
        ModelProviderException known => known,
        OperationCanceledException or TimeoutException => Failure(ModelFailure.Silent, "sent nothing for too long.", exception),
        _ when StatusOf(exception) is { } status => OfStatus(status, exception),
        IOException or JsonException => Failure(ModelFailure.Broken, "broke off before its answer was complete.", exception),
        _ => Failure(ModelFailure.Unavailable, $"failed: {exception.Message}", exception),
    };

    /// <summary>Converts an error that the client returned as content of its answer.</summary>
    public ModelProviderException Reported(ErrorContent error) =>
        int.TryParse(error.ErrorCode, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 400 and < 600
            ? OfStatus(status, new HttpRequestException(error.Message))
            : Failure(ModelFailure.Unavailable, $"failed: {error.Message}");

    private ModelProviderException OfStatus(int status, Exception exception) => status switch
    {
        401 or 403 => Failure(ModelFailure.Unauthorized, $"refused its credentials (status {status}); check its configuration.", exception),
        429 => Failure(ModelFailure.RateLimited, "limits the requests of this server; try again later or raise its limits.", exception),
        408 or 409 or 425 or >= 500 => Failure(
            ModelFailure.Unavailable, $"failed with status {status}; try again later: {exception.Message}", exception),
        _ => Failure(ModelFailure.Rejected, $"did not accept the request: {exception.Message}", exception),
    };

    /// <summary>
    /// Finds the HTTP status of an exception. The known clients have it under one of two property names, without a common type.
    /// </summary>
    private static int? StatusOf(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is HttpRequestException { StatusCode: { } known })
                return (int)known;
            var type = exception.GetType();
            var value = (type.GetProperty("StatusCode") ?? type.GetProperty("Status"))?.GetValue(exception);
            if (value is HttpStatusCode or int && Convert.ToInt32(value, CultureInfo.InvariantCulture) is >= 400 and < 600 and var status)
                return status;
        }

        return null;
    }

    private ModelProviderException Failure(ModelFailure failure, string what, Exception? inner = null) =>
        new(name, failure, $"The model provider {name} {QuotedWords.Short(what)}", inner: inner);
}
