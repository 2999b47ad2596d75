using ChatBotKit.Server.ConversationEngine;

namespace ChatBotKit.Server.Tests.ConversationEngine;

public sealed class PersonaTests
{
    private static readonly Persona Bot = new("bots-model", "bots-backstory") { DatasetId = "bots-dataset", SkillsetId = "bots-skillset", Privacy = true, Moderation = true };

    [Fact]
    public void Over_WithNothingOfItsOwn_IsTheBot() => Assert.Equal(Bot, Persona.Empty.Over(Bot));

    [Fact]
    public void Over_WithSettingsOfItsOwn_KeepsThem()
    {
        var own = new Persona("model", "backstory") { DatasetId = "dataset", SkillsetId = "skillset", Privacy = false, Moderation = false };
        Assert.Equal(own, own.Over(Bot));
    }

    [Fact]
    public void Over_WithEmptyTexts_TakesTheBots() =>
        Assert.Equal(Bot, new Persona("", "") { DatasetId = "", SkillsetId = "" }.Over(Bot));

    [Fact]
    public void Over_WithNoReference_TakesNeitherItNorTheBots()
    {
        var none = new Persona { DatasetId = Persona.NoReference, SkillsetId = Persona.NoReference };
        Assert.Equal(Bot with { DatasetId = null, SkillsetId = null }, none.Over(Bot));
        Assert.Equal(Persona.Empty, none.Over(Persona.Empty));
    }
}
