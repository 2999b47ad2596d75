using System.Text.Json;
using ChatBotKit.Server.Features.Platform.Tools;
using ChatBotKit.Server.Features.Skillsets.Abilities.Catalogue;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The descriptions of ready-made abilities, by which people choose.</summary>
public sealed class AbilityWordsTests
{
    [Fact]
    public void EveryTemplateThatIsServed_HasADescriptionOfItsOwn()
    {
        var served = AbilityCatalogue.All.Where(template => template.Instruction is not null).Select(template => template.Name).ToList();

        Assert.DoesNotContain(served, name => AbilityWords.Of(name) is null);
        // This one does the same as the form without brackets.
        var same = served.GroupBy(AbilityWords.Of).Where(group => group.Count() > 1).SelectMany(group => group.Skip(1));
        Assert.Equal(["rating/create[contact]"], same);
    }

    [Theory]
    [InlineData("file/read", "Reads the text of a file. Works with the file that is linked to the ability.")]
    [InlineData("file/read[by-id]", "Reads the text of a file. The model says which file.")]
    [InlineData("abort[failure]", "Ends the answer early, when nothing more is to be said or done. The run counts as failed.")]
    [InlineData("nothing/known", null)]
    public void Description_SaysWhatItWorksWith(string template, string? expected) => Assert.Equal(expected, AbilityWords.Of(template));

    [Fact]
    public async Task List_AndSearch_ShowTheDescriptions()
    {
        await using var server = await FeatureServer.StartAsync();

        var found = (await server.GetAsync("platform/ability/list")).Items().First(one => one.Text("template") == "bot/list");
        Assert.Equal("Lists the bots of the account with their descriptions.", found.Text("description"));
        var best = (await server.PostAsync("platform/ability/search", """{"search":"exactly compute expression"}""")).Items().First();
        Assert.Equal("math/evaluate", best.Text("template"));
        Assert.Equal(JsonValueKind.Object, best.GetProperty("schema").ValueKind);
    }
}
