using ChatBotKit.Server.Features.Skillsets.Abilities.Catalogue;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;

namespace ChatBotKit.Server.Tests.Features;

public sealed class AbilityCatalogueTests
{
    [Fact]
    public async Task Template_IsServedByAnAction_OrSaysWhyNot()
    {
        await using var server = await FeatureServer.StartAsync();
        var preparation = server.Service<AbilityPreparation>();

        Assert.Equal(226, AbilityCatalogue.All.Count);
        Assert.Equal(AbilityCatalogue.All.Count, AbilityCatalogue.All.Select(template => template.Name).Distinct().Count());
        Assert.All(AbilityCatalogue.All, template =>
        {
            var prepared = preparation.Prepare(new Ability("a", template.Name, "", $"@{template.Name}"));
            Assert.Equal(template.Instruction is null, prepared.Fault is not null);
            Assert.True(template.Reason is null || template.Reason.EndsWith('.'), template.Name);
        });
    }

    /// <summary>A template that names the only action of its kind is served as soon as the action is.</summary>
    [Fact]
    public async Task Action_ThatIsNamedAsATemplate_IsServedByIt()
    {
        await using var server = await FeatureServer.StartAsync();
        var actions = server.Service<AbilityActions>();

        Assert.All(
            AbilityCatalogue.All.Where(template => actions.Find(template.Name.Replace('/', '.')) is not null),
            template => Assert.True(template.Instruction is not null, $"{template.Name}: {template.Reason}"));
    }
}
