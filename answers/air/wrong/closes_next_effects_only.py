# shows: Only direct effects count as effects, not those through others.
# loses: [check_closes]
# teaches: An effect can come through others. How far do you follow the arrows?
# %% closes
def closes(edges, exposure, outcome, adjusted):
    def effects(cause):
        direct = {effect for one, effect in edges if one == cause}
        return direct

    def is_closed(path):
        for before, here, after in zip(path, path[1:], path[2:], strict=False):
            if (before, here) in edges and (after, here) in edges:
                if not ({here} | effects(here)) & set(adjusted):
                    return True
            elif here in adjusted:
                return True
        return False

    back_doors = [path for path in paths(edges, exposure, outcome) if (path[1], exposure) in edges]
    return not effects(exposure) & set(adjusted) and all(is_closed(path) for path in back_doors)
