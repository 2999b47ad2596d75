using ChatBotKit.Server.Data;
using ChatBotKit.Server.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.Hosting;

/// <summary>The argument with which the program checks a running server.</summary>
public sealed class HealthCheckTests
{
    [Fact]
    public async Task Server_ThatCanServe_Is0()
    {
        await using var server = await ServerFactory.StartAsync();
        using var errors = new StringWriter();

        Assert.Equal(0, await HealthCheck.RunAsync([$"--urls={server.Address}"], errors));
        Assert.Empty(errors.ToString());
    }

    [Fact]
    public async Task Server_WithoutItsStoreOrGone_Is1WithAReason()
    {
        await using var server = await ServerFactory.StartAsync();
        string[] args = [$"--urls={server.Address}"];
        await server.App.Services.GetRequiredService<StoreLifetime>().DisposeAsync();
        using var unready = new StringWriter();
        using var gone = new StringWriter();

        Assert.Equal(1, await HealthCheck.RunAsync(args, unready));
        await server.App.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await HealthCheck.RunAsync(args, gone));

        Assert.Contains("answered 503", unready.ToString(), StringComparison.Ordinal);
        Assert.Contains("did not answer", gone.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("urls", "http://127.0.0.1:5000", "http://127.0.0.1:5000/")]
    [InlineData("urls", "http://*:5000", "http://127.0.0.1:5000/")]
    [InlineData("urls", "http://+:80;https://+:443", "http://127.0.0.1/")]
    [InlineData("urls", "http://0.0.0.0:5000", "http://127.0.0.1:5000/")]
    [InlineData("urls", "http://[::]:5000", "http://127.0.0.1:5000/")]
    [InlineData("urls", "http://[::1]:5000", "http://[::1]:5000/")]
    [InlineData("urls", "https://localhost:5001", "https://localhost:5001/")]
    [InlineData("http_ports", "8080;8081", "http://localhost:8080/")]
    [InlineData("https_ports", "8443", "https://localhost:8443/")]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://0.0.0.0:7000", "http://127.0.0.1:7000/")]
    [InlineData("CHATBOTKIT_ISSUER", "x", "http://127.0.0.1:8080/")]
    public void Address_IsTheOneThatAServerWithTheseSettingsListensOn(string name, string value, string expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();

        Assert.Equal(expected, HealthCheck.AddressOf(configuration).AbsoluteUri);
    }
}
