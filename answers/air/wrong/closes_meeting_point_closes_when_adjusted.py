# shows: A meeting point that is adjusted for is thought to keep the path closed.
# loses: [check_closes]
# teaches: What does adjusting for the point where two arrows meet do to the path?
# %% closes
def closes(edges, exposure, outcome, adjusted):
    def effects(cause):
        direct = {effect for one, effect in edges if one == cause}
        return direct.union(*(effects(each) for each in direct))

    def is_closed(path):
        for before, here, after in zip(path, path[1:], path[2:], strict=False):
            if (before, here) in edges and (after, here) in edges:
                if not effects(here) & set(adjusted):
                    return True
            elif here in adjusted:
                return True
        return False

    back_doors = [path for path in paths(edges, exposure, outcome) if (path[1], exposure) in edges]
    return not effects(exposure) & set(adjusted) and all(is_closed(path) for path in back_doors)
