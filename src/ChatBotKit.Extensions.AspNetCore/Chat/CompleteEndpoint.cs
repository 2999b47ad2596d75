using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit;

/// <summary>
/// Answers a message with the credential of the app and forwards the stream to the browser, which needs no token. Only the
/// text comes from the browser.
/// </summary>
internal sealed class CompleteEndpoint(ChatBotKitChatOptions options)
{
    private const string JsonLines = "application/jsonl";
    private const string ServerSentEvents = "text/event-stream";

    private static readonly string[] HandedOn = ["X-Run-Id", "X-Request-Id", "X-Accel-Buffering"];

    private readonly UserConversations _conversations = new(options);

    public Task HandleAsync(HttpContext context) => ChatAnswers.HandleAsync(context, options, async () =>
    {
        var request = await ChatAnswers.ReadAsync(context, ChatJsonContext.Default.ChatMessageRequest);
        if (string.IsNullOrWhiteSpace(request.Text))
            throw new ChatRefusedException(StatusCodes.Status400BadRequest, ErrorCodes.BadRequest, "\"text\" is missing.");
        var user = await _conversations.UserAsync(context);
        var conversationId = await _conversations.FindOrMakeAsync(context, user);
        var answer = await SendAsync(context, conversationId, request);
        if (answer.StatusCode == HttpStatusCode.NotFound && user.ConversationId is null)
        {
            // The conversation was deleted at the chat server, so the user gets a new one.
            answer.Dispose();
            conversationId = await _conversations.FindOrMakeAsync(context, user, lost: conversationId);
            answer = await SendAsync(context, conversationId, request);
        }

        using (answer)
            await HandOnAsync(context, answer);
    });

    private async Task<HttpResponseMessage> SendAsync(HttpContext context, string conversationId, ChatMessageRequest request)
    {
        var api = _conversations.Api(context);
        var registration = _conversations.Registration(context);
        var path = $"api/v1/conversation/{Uri.EscapeDataString(conversationId)}/complete";
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(api.Url, path))
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, ChatJsonContext.Default.ChatMessageRequest)),
        };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        message.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer", await registration.SecretAsync(context.RequestServices, context.RequestAborted));
        var wantsEvents = context.Request.Headers.Accept.ToString().Contains(ServerSentEvents, StringComparison.OrdinalIgnoreCase);
        message.Headers.Accept.ParseAdd(wantsEvents ? ServerSentEvents : JsonLines);
        if (context.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key)
            message.Headers.TryAddWithoutValidation("Idempotency-Key", $"{ChatUser.FingerprintOf(conversationId)}:{key}");
        var http = context.RequestServices.GetRequiredService<IHttpClientFactory>()
            .CreateClient(ChatBotKitServiceCollectionExtensions.HttpClientNameOf(options.ClientName));
        if (http.DefaultRequestHeaders.UserAgent.Count == 0)
            message.Headers.UserAgent.ParseAdd(HttpHandlers.Product);
        try
        {
            return await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new ChatBotKitException("The chat server could not be reached.", ClientErrorCodes.ConnectionFailed, exception);
        }
    }

    private static async Task HandOnAsync(HttpContext context, HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
            throw new ChatBotKitException($"The chat server answered with status {(int)answer.StatusCode}.", ErrorCodes.BadGateway)
            {
                StatusCode = answer.StatusCode,
                RetryAfter = answer.Headers.RetryAfter?.Delta,
            };
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        foreach (var name in HandedOn)
        {
            if (answer.Headers.TryGetValues(name, out var values))
                context.Response.Headers[name] = values.ToArray();
        }

        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await CopyAsync(await answer.Content.ReadAsStreamAsync(context.RequestAborted), context);
    }

    private static async Task CopyAsync(Stream body, HttpContext context)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await body.ReadAsync(buffer, context.RequestAborted) is var read and > 0)
            {
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // The browser must not mistake a stream that was cut off for a complete one.
            context.Abort();
        }
    }
}
