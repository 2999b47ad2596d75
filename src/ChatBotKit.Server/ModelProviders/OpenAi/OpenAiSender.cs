using System.Net.Http.Headers;
using ChatBotKit.Server.ModelProviders.Answers;
using ChatBotKit.Server.ModelProviders.OpenAi.Failures;
using ChatBotKit.Server.ModelProviders.OpenAi.Requests;

namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>Sends requests to the endpoint, each in the form that the endpoint accepts.</summary>
internal sealed partial class OpenAiSender(
    OpenAiOptions options, HttpClient http, OpenAiFailures failures, TimeProvider timeProvider, ILogger? logger)
{
    /// <summary>How often a request is sent at most when one optional part after the other is refused.</summary>
    private const int MaxTries = 5;

    private static readonly OpenAiForm WithoutPictures = OpenAiForm.Of(OpenAiVariations.NoPictures);

    private static readonly MediaTypeHeaderValue JsonMediaType = new("application/json");

    private readonly OpenAiLessons _lessons = new(timeProvider);
    private readonly Uri _url = options.CompletionsUrl;

    /// <summary>
    /// Sends the request. When the endpoint refuses an optional part, the request is sent again without it, as long as each refusal
    /// is about another part. Fields of the provider that it does not accept back are such parts. The change that helped is
    /// remembered for the model.
    /// </summary>
    /// <exception cref="ModelProviderException">
    /// The endpoint can't be reached, sends nothing for too long, or refuses the request.
    /// </exception>
    public async Task<HttpResponseMessage> AskAsync(
        ModelRequest request, ToolNames names, SilenceLimit limit, CancellationToken cancellationToken)
    {
        var model = request.Model.Name;
        var (form, learned) = (_lessons.Of(model).And(Configured(model)), OpenAiForm.First);
        for (var tries = 1; ; tries++)
        {
            var body = OpenAiRequestWriter.Write(
                GivenBack.Without(request, form.LeftOut), names, form.Variations, options.UsesMaxCompletionTokens);
            using var message = MessageOf(body);
            limit.Start();
            var response = await WaitAsync(http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token), limit, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                Learn(model, learned);
                return response;
            }

            using (response)
            {
                var error = await ReadErrorAsync(response, limit, cancellationToken);
                if (tries == MaxTries || OpenAiRefusals.Find((int)response.StatusCode, error, request, form) is not { } remedy)
                    throw failures.Refused(response, error);
                form = form.And(remedy.Change);
                if (remedy.IsLearned)
                    learned = learned.And(remedy.Change);
            }
        }
    }

    private OpenAiForm Configured(string model) =>
        options.ImageModels is { } seeing && !seeing.Contains(model) ? WithoutPictures : OpenAiForm.First;

    private void Learn(string model, OpenAiForm learned)
    {
        if (learned == OpenAiForm.First)
            return;
        _lessons.Learn(model, learned);
        if (logger is not null)
            LogLearned(logger, options.BaseUrl.Host, QuotedWords.Printable(model), learned);
    }

    private HttpRequestMessage MessageOf(ReadOnlyMemory<byte> body)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ReadOnlyMemoryContent(body) };
        message.Content.Headers.ContentType = JsonMediaType;
        options.Authorize(message);
        return message;
    }

    private Task<OpenAiError> ReadErrorAsync(HttpResponseMessage response, SilenceLimit limit, CancellationToken cancellationToken)
    {
        limit.Start();
        return WaitAsync(OpenAiErrorBody.ReadAsync(response, limit.Token), limit, cancellationToken);
    }

    /// <summary>Waits for a part of the response's headers under the limit that was started.</summary>
    private async Task<T> WaitAsync<T>(Task<T> part, SilenceLimit limit, CancellationToken cancellationToken)
    {
        try
        {
            var result = await part;
            limit.Stop();
            return result;
        }
        catch (OperationCanceledException) when (limit.IsExceeded)
        {
            throw failures.Silent(limit.Duration, "OPENAI_FIRST_BYTE_SECONDS");
        }
        // The handler reports its own connect timeout as a cancellation.
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // If the caller has cancelled, the broken connection is only its consequence.
            cancellationToken.ThrowIfCancellationRequested();
            throw failures.Unreachable(e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Host} refused a part of the request for the model {Model}; from now on: {Form}")]
    private static partial void LogLearned(ILogger logger, string host, string model, OpenAiForm form);
}
