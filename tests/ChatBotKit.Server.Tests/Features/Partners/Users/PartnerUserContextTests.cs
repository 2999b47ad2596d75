namespace ChatBotKit.Server.Tests.Features;

public sealed class PartnerUserContextTests
{
    [Fact]
    public async Task Context_IsAnsweredWhole_AndIsOfItsUserAlone()
    {
        await using var server = await FeatureServer.StartAsync();
        var first = ApiJson.Id(await server.PostAsync("partner/user/create", """{"alias":"one"}"""));
        var second = ApiJson.Id(await server.PostAsync("partner/user/create", "{}"));

        var made = await server.PostAsync("partner/user/@one/context/create", """{"name":"Cart","payload":{"items":[1]}}""");

        var path = $"context/{made.Text("id")}/fetch";
        Assert.Equal(("Cart", """{"items":[1]}"""), (made.Text("name"), made.GetProperty("payload").GetRawText()));
        Assert.Equal(made.GetRawText(), (await server.GetAsync($"partner/user/{first}/{path}")).GetRawText());
        await server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"partner/user/{second}/{path}");
        Assert.Empty((await server.GetAsync($"partner/user/{second}/context/list")).Ids());
        Assert.Empty((await server.GetAsync($"partner/user/{first}/context/list?botId=nothing")).Ids());
        Assert.Single((await server.GetAsync($"partner/user/{first}/context/list")).Ids());
    }
}
