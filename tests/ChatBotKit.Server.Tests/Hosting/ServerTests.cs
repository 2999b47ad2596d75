using System.Diagnostics;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.Hosting;

public sealed class ServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_OfAServerThatCanServe_Is200(string path)
    {
        await using var server = await ServerFactory.StartAsync();

        Assert.Equal("""{"status":"ok"}""", await server.Client(credential: null).ReadTextAsync(path));
    }

    [Fact]
    public async Task Ready_WithoutAStore_Is503ButLiveStays200()
    {
        await using var server = await ServerFactory.StartAsync();
        await server.App.Services.GetRequiredService<StoreLifetime>().DisposeAsync();
        using var client = server.Client(credential: null);

        using var ready = await client.SendAsync(HttpMethod.Get, "/health/ready");
        using var live = await client.SendAsync(HttpMethod.Get, "/health/live");

        await ready.AssertRefusedAsync("503 SERVICE_UNAVAILABLE: The store does not answer");
        await live.AssertOkAsync();
    }

    [Theory]
    [InlineData("/api/v1/spec")]
    [InlineData("/v1/spec")]
    public async Task Spec_ListsEveryRouteOnceWithItsBody(string path)
    {
        await using var server = await ServerFactory.StartAsync(app => app.MapApi(api => api
            .MapPost("/probe/{conversationId}/create", Create)
            .WithName("createProbe")));

        var spec = JsonNode.Parse(await server.Client(credential: null).ReadTextAsync(path))!;

        var route = Assert.Single(
            spec["paths"]!.AsObject(), route => route.Key.EndsWith("/probe/{conversationId}/create", StringComparison.Ordinal));
        Assert.Equal("/api/v1/probe/{conversationId}/create", route.Key);
        var operation = route.Value!["post"]!;
        Assert.Equal("createProbe", operation["operationId"]!.GetValue<string>());
        Assert.NotNull(operation["requestBody"]!["content"]!["application/json"]!["schema"]);
        Assert.NotNull(operation["responses"]!["200"]!["content"]!["application/json"]!["schema"]);
        Assert.DoesNotContain(spec["paths"]!.AsObject(), other => other.Key.StartsWith("/v1/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_WhileARequestHangs_DoesNotHang()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ServerFactory.StartAsync(app => app.MapApi(api => api.MapGet("/hang", async (HttpContext context) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        })));
        var hanging = server.Client().SendAsync(HttpMethod.Get, "/v1/hang");
        await entered.Task.WaitAsync(Token);

        var clock = Stopwatch.StartNew();
        await server.App.StopAsync(Token);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"stopping took {clock.Elapsed}");
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => hanging);
    }

    [Fact]
    public async Task SecondServer_OnTheSameDirectory_IsRefusedWithAReason()
    {
        await using var server = await ServerFactory.StartAsync();
        var directory = server.App.Services.GetRequiredService<StoreOptions>().DataDirectory;

        var refusal = await Assert.ThrowsAsync<StartupException>(() => ServerFactory.StartInAsync(directory));

        Assert.Contains(directory, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothere")]
    [InlineData("meta-llama/llama-3.1-8b:free")]
    [InlineData("extractive/temperature=9")]
    public async Task DefaultModel_ThatCannotBeUsed_StopsTheStartBeforeTheDatabaseIsTouched(string model)
    {
        var directory = Directory.CreateTempSubdirectory("chatbotkit-test-");
        try
        {
            var refusal = await Assert.ThrowsAsync<StartupException>(() => ServerFactory.StartInAsync(
                directory.FullName, settings: new Dictionary<string, string?> { ["CHATBOTKIT_DEFAULT_MODEL"] = model }));

            Assert.StartsWith("CHATBOTKIT_DEFAULT_MODEL can't be used: ", refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refusal.Message);
            Assert.Empty(directory.EnumerateFileSystemInfos());
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static JsonAnswer<IdResponse> Create(string conversationId, JsonBody<MessageCreateRequest> body) =>
        JsonAnswer.Of(new IdResponse { Id = conversationId + body.Value.Type });
}
